// Every bench in fresh processes, the sides in random order within each round: pnpm bench [--rounds=5] [--only=<name>] [--json]
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";

const args = process.argv.slice(2);
const option = (name, byDefault) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? byDefault;
const rounds = Number(option("rounds", "5"));
const only = option("only", "");
const asJson = args.includes("--json");

function fresh(file, ...extra) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...extra], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${file} ${extra.join(" ")}: ${stderr}`);
  if (stderr !== "") process.stderr.write(stderr); // what was skipped
  return JSON.parse(stdout);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const spread = (values) => `${Math.min(...values).toFixed(2)} .. ${Math.max(...values).toFixed(2)}`;

/** Rounds of one fresh process per side. */
function rounded(file, ...extra) {
  return Array.from({ length: rounds }, () => {
    const order = Math.random() < 0.5 ? ["wasm", "twin"] : ["twin", "wasm"];
    const round = {};
    for (const host of order) round[host] = fresh(file, `--host=${host}`, ...extra);
    return round;
  });
}

/** The ratio of two sides within each round, in which both saw the same machine. */
function compare(results, pick) {
  const ratios = results.map(({ wasm, twin }) => pick(twin) / pick(wasm));
  return {
    wasm: median(results.map(({ wasm }) => pick(wasm))),
    twin: median(results.map(({ twin }) => pick(twin))),
    ratio: median(ratios),
    ratios,
  };
}

/** The table of a bench of single kernels, which compares its sides within one process, call by call. */
function kernelTable(name) {
  return table(`./kernel/${name}.mjs`);
}

function table(file, ...extra) {
  const report = fresh(file, "--json", ...extra);
  return { report, lines: report.results.map((result) => JSON.stringify(result)) };
}

const benches = {
  gemm: () => kernelTable("gemm"),
  convolution: () => kernelTable("convolution"),
  activation: () => kernelTable("activation"),
  svd: () => kernelTable("svd"),
  norms: () => kernelTable("norms"),
  optimizers: () => table("./optimizers/step.mjs"),
  cnn: () => table("./cnn/step.mjs"),
  softmax: () => table("./softmax/step.mjs"),
  margin: () => table("./margin/oracle.mjs"),
  uneven: () => table("./margin/uneven.mjs"),
  certificates: () => table("./margin/network.mjs"),
  data: () => table("./data/file.mjs"),
  step: () => {
    const results = rounded("./step/figure.mjs");
    const rows = Object.keys(results[0].wasm.microseconds).map((name) => ({
      name,
      ...compare(results, ({ microseconds }) => microseconds[name]),
    }));
    const lines = rows.map(({ name, wasm, twin, ratio, ratios }) => {
      return `step ${name}: ${wasm.toFixed(0)} us wasm, ${twin.toFixed(0)} us twin, ratio ${ratio.toFixed(2)} (${spread(ratios)})`;
    });
    return { report: rows, lines };
  },
  job: () => {
    const results = rounded("./job/figure.mjs");
    if (results.some(({ wasm, twin }) => wasm.rows !== twin.rows)) throw new Error("the hosts disagree on the rows");
    const { wasm, twin, ratio, ratios } = compare(results, ({ seconds }) => seconds);
    const line = `job, 300 epochs, one seed: ${wasm.toFixed(2)} s wasm, ${twin.toFixed(2)} s twin, ratio ${ratio.toFixed(2)} (${spread(ratios)}), same rows`;
    return { report: { wasm, twin, ratio, ratios }, lines: [line] };
  },
  browser: () => table("./browser/engine.mjs", `--rounds=${rounds}`),
  page: () => table("./browser/page.mjs", `--rounds=${rounds}`),
  start: () => {
    const { wallSeconds } = fresh("./job/start.mjs");
    return { report: { wallSeconds }, lines: [`the whole job: ${wallSeconds.toFixed(1)} s`] };
  },
};

const reports = {};
for (const [name, bench] of Object.entries(benches)) {
  if (only !== "" && only !== name) continue;
  const { report, lines } = bench();
  reports[name] = report;
  if (!asJson) console.log(lines.join("\n"));
}
const load = loadavg()[0].toFixed(2);
console.log(asJson ? JSON.stringify({ node: process.version, load, ...reports }) : `Node ${process.version}, load ${load}`);
