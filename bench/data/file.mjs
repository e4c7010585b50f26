// 6000 images of 28 x 28 of a pair of digits: drawn from MNIST (`mnistPair`), and read from an .npy file of the same numbers as doubles (`file`), facts, hashes and
// identity of the data included. Each side in fresh processes that alternate; CPU time and the memory that a process had at most.
// BENCH_ROUNDS=5 node bench/data/file.mjs [--json]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawData, parseDefinition, resolveDefinition } from "@steepest/experiments";
import { createEngine } from "@steepest/node";
import { dataFolders, datasetFiles, inputFiles } from "../../packages/cli/dist/imageFiles.js";
import { dataIdentity } from "../../packages/cli/dist/study/dataIdentity.js";
import { median } from "../kernel/measure.mjs";
import { report } from "../kernel/report.mjs";

/** An option of this bench from the environment, since `report` reads the command line. */
const option = (name) => process.env[`BENCH_${name.toUpperCase()}`];
const [count, width] = [6000, 784];
const pair = { kind: "mnistPair", digits: [3, 6], trainSize: count };
const around = (dataset) => ({
  id: "bench",
  dataset,
  network: { kind: "linear", init: { law: "uniformFanIn", scale: 1 } },
  loss: { kind: "exponential", reduction: "sum" },
  arms: { any: { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: { rule: "constant", size: 1 } } },
  seeds: [0],
  stop: { steps: 1 },
  record: { probes: ["logRisk"], pointsPerDecade: 1 },
});

/** Everything between a definition and its drawn data. */
async function draw(dataset, base) {
  const { kernels } = await createEngine();
  const before = { cpu: process.cpuUsage(), rss: process.resourceUsage().maxRSS };
  const definition = parseDefinition(await resolveDefinition(around(dataset), datasetFiles(base)));
  const input = inputFiles(dataFolders(definition.dataset, base));
  const data = await drawData(definition.dataset, 0, { kernels, files: input.files });
  const identity = await dataIdentity(definition.dataset, data, input);
  const { user, system } = process.cpuUsage(before.cpu);
  return { data, identity, cpuMs: (user + system) / 1000, mb: (process.resourceUsage().maxRSS - before.rss) / 1024 };
}

/** An .npy file of doubles in C order, the label in the last column. */
function npy({ inputs, labels }) {
  const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': (${count}, ${width + 1}), }`;
  const header = Buffer.from(`\x93NUMPY\x01\0\x76\0${dictionary.padEnd(117)}\n`, "latin1");
  const body = new Float64Array(count * (width + 1));
  for (let row = 0; row < count; row++) {
    body.set(inputs.subarray(row * width, (row + 1) * width), row * (width + 1));
    body[row * (width + 1) + width] = labels[row];
  }
  return Buffer.concat([header, new Uint8Array(body.buffer)]);
}

const side = option("side");
if (side !== undefined) {
  const dataset = side === "mnistPair" ? pair : { kind: "file", path: "pair.npy", label: width };
  const { cpuMs, mb } = await draw(dataset, option("base") ?? ".");
  process.stdout.write(JSON.stringify({ cpuMs, mb }));
} else {
  const folder = mkdtempSync(join(tmpdir(), "steepest-bench-"));
  try {
    const { data } = await draw(pair, folder);
    writeFileSync(join(folder, "pair.npy"), npy(data.train));
    const read = await draw({ kind: "file", path: "pair.npy", label: width }, folder);
    const isSame = Buffer.compare(Buffer.from(read.data.train.inputs.buffer), Buffer.from(data.train.inputs.buffer)) === 0;
    if (!isSame) throw new Error("the two sides have other numbers");
    const fresh = (name) => {
      const env = { ...process.env, BENCH_SIDE: name, BENCH_BASE: folder };
      const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], { encoding: "utf8", env });
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    };
    const rounds = Array.from({ length: Number(option("rounds") ?? 5) }, () => ({ file: fresh("file"), mnistPair: fresh("mnistPair") }));
    const of = (name, key) => median(rounds.map((round) => round[name][key]));
    const ratio = (key) => median(rounds.map(({ file, mnistPair }) => file[key] / mnistPair[key]));
    const results = {
      file: { cpuMs: of("file", "cpuMs"), mb: of("file", "mb") },
      mnistPair: { cpuMs: of("mnistPair", "cpuMs"), mb: of("mnistPair", "mb") },
      "file / mnistPair": { cpuMs: ratio("cpuMs"), mb: ratio("mb") },
    };
    report(
      `data ${count} x ${width}`,
      Object.keys(results).map((name) => ({ name })),
      ({ name }) => results[name],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
