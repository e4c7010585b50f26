import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, decodeJson } from "@steepest/core";
import { parseSafetensors } from "@steepest/formats";
import { textHash } from "@steepest/node";
import { expect, test } from "vitest";
import { lostWeights, weightsName } from "../../src/save/weightsFile.js";
import { ended, main, steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const { gradient } = tiny.arms;
const probes = ["logRisk", "minMargin", "trainAccuracy", "margin.l2", "softMargin.linf", "norm.spectral", "kkt.stationarity.l2"];
const definition = { ...tiny, claims: [], arms: { gradient }, record: { probes, pointsPerDecade: 4 } };
type Numbers = Readonly<Record<string, number>>;

test("saved weights are measured as their rows, start a run at the row of theirs, and cost no bit", async () => {
  const cwd = folderWith(definition);
  expect((await steepest(["run", "tiny.json", "--runs", "plain"], { cwd })).code).toBe(0);
  const args = ["run", "tiny.json", "--threads", "2", "--json"];
  const saving = await steepest([...args, "--save", "final", "--save", "every", "--save", "best:margin.l2", "--save", "best:max:logRisk"], {
    cwd,
  });
  expect(saving.code).toBe(0);
  for (const name of ["rows.jsonl", "outcome.json", "definition.json"])
    expect(filesOf(cwd, name)).toEqual(filesOf(cwd, name, "plain/tiny"));
  const { runs } = JSON.parse(saving.stdout) as { runs: { path: string; last: Numbers; weights: { path: string; step: number }[] }[] };
  expect(runs).toHaveLength(2);
  const { path, weights } = runs[1]!;
  const rows = readFileSync(join(cwd, path, "rows.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => decodeJson(line) as Numbers);
  const files = readdirSync(join(cwd, path, "weights")).map((name) => join(path, "weights", name));
  expect(weights.map(({ path }) => path).sort()).toEqual(files.sort());
  expect(files).toHaveLength(rows.length + 3);
  const metadata = (file: string) => parseSafetensors(file, readFileSync(join(cwd, path, "weights", file)), 2 ** 20).metadata;
  const definitionHash = textHash(canonicalJson(decodeJson(readFileSync(join(cwd, path, "definition.json"), "utf8"))));
  const best = rows.reduce((before, row) => (row["margin.l2"]! > before["margin.l2"]! ? row : before));
  expect(metadata("max-margin.l2.safetensors")).toEqual({
    run: path.slice("runs/tiny/".length),
    definitionHash,
    step: String(best.step),
    probe: "margin.l2",
    value: String(best["margin.l2"]),
  });
  expect(metadata("final.safetensors")).toEqual({ run: path.slice("runs/tiny/".length), definitionHash, step: "60" });

  for (const [file, row] of [
    [weightsName({ kind: "best", probe: "logRisk", better: "larger" }, 0), rows.reduce((a, b) => (b.logRisk! > a.logRisk! ? b : a))],
    ["final", rows.at(-1)!],
  ] as const) {
    const measured = await steepest(
      ["measure", `${path}/weights/${file}.safetensors`, "--definition", "tiny.json", "--seed", "1", "--json"],
      { cwd },
    );
    const { scalars, inNorms } = decodeJson(measured.stdout) as { scalars: Numbers; inNorms: Record<string, Numbers> };
    const reading = (probe: string): number | undefined => {
      const dot = probe.lastIndexOf(".");
      return scalars[probe] ?? inNorms[probe.slice(dot + 1)]?.[probe.slice(0, dot)];
    };
    expect(probes.map(reading)).toEqual(probes.map((probe) => row[probe]));
  }

  const started = { ...definition, network: { ...tiny.network, init: { file: `${path}/weights/final.safetensors` } } };
  writeFileSync(join(cwd, "started.json"), JSON.stringify(started));
  expect((await steepest(["run", "started.json", "--seed", "1", "--runs", "started"], { cwd })).code).toBe(0);
  const [made] = Object.values(filesOf(cwd, "rows.jsonl", "started/tiny"));
  expect(decodeJson(made!.split("\n")[0]!)).toEqual({ ...rows.at(-1)!, step: 0 });
}, 60_000);

test("a complete run without the weights is made again for them, at its end where those are enough", async () => {
  const cwd = folderWith({ ...definition, seeds: [0] });
  const args = ["run", "tiny.json", "--progress", "json"];
  await steepest(args, { cwd });
  const [rows, outcomes] = [filesOf(cwd, "rows.jsonl"), filesOf(cwd, "outcome.json")];
  const final = await steepest([...args, "--save", "final"], { cwd });
  expect(final.stderr).toMatch(/"event":"resume","arm":"gradient","seed":0,"step":60/);
  expect(final.stdout).toMatch(/\nweights\n {2}runs\/tiny\/gradient-s0-\w+\/weights\/final\.safetensors {2}step 60\n/);
  const best = await steepest([...args, "--save", "best:margin.l2"], { cwd });
  expect(best.stderr).not.toContain('"event":"resume"');
  expect(best.stderr).toMatch(/does not hold the weights of step \d+, so that the run cannot go on from there/);
  const again = await steepest([...args, "--save", "best:margin.l2", "--save", "final"], { cwd });
  expect(again.stderr).toContain('"reused":1');
  expect([filesOf(cwd, "rows.jsonl"), filesOf(cwd, "outcome.json")]).toEqual([rows, outcomes]);
}, 60_000);

test("a run that diverges has no final weights, and those of every row before", async () => {
  const leaping = { ...gradient, step: { rule: "constant", size: 1e300 } };
  const cwd = folderWith({ ...definition, seeds: [0], arms: { gradient: leaping } });
  const args = ["run", "tiny.json", "--save", "final", "--save", "every"];
  const { code, stdout } = await steepest(args, { cwd });
  expect(code).toBe(4);
  expect(stdout).toContain("gradient s0 has diverged: no final weights\n");
  expect(stdout).toMatch(/weights\/step-\*\.safetensors {2}\d+ steps?\n/);
  expect((await steepest(args, { cwd })).stderr).toContain("1 complete already and reused");
}, 60_000);

test.skipIf(process.platform === "win32")(
  "weights for which there is no room fail the run with the reason, and the next attempt has them",
  async () => {
    const wide = { ...definition, seeds: [0], network: { ...tiny.network, hidden: [500] }, stop: { steps: 3 } };
    const cwd = folderWith(wide);
    const args = ["run", "tiny.json", "--save", "final", "--checkpoint", "never"];
    const child = spawn("sh", ["-c", 'ulimit -f 16; exec "$@"', "sh", process.execPath, main, ...args], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const refused = await ended(child);
    expect(refused.code).toBe(6);
    expect(refused.stderr).toMatch(
      /error gradient s0: runs\/tiny\/gradient-s0-\w+\/weights\/final\.safetensors: cannot write the file: EFBIG/,
    );
    const [run] = readdirSync(join(cwd, "runs/tiny")) as [string];
    expect(readdirSync(join(cwd, "runs/tiny", run, "weights"))).toEqual([]);
    expect(readdirSync(join(cwd, "runs/tiny", run))).not.toContain("outcome.json");
    expect((await steepest(args, { cwd })).code).toBe(0);
    expect(readdirSync(join(cwd, "runs/tiny", run, "weights"))).toEqual(["final.safetensors"]);
  },
  60_000,
);

test("files are named after the rule, on every file system", () => {
  const named = (probe: string) => weightsName({ kind: "best", probe, better: "larger" }, 3);
  expect(named("margin.linf")).toBe("max-margin.linf");
  expect(named("softMargin.max(1*spectral,0.5*linf)")).toBe("max-softMargin.max_1_spectral_0.5_linf");
  expect(weightsName({ kind: "every" }, 1200)).toBe("step-1200");
});

test("the weights that a checkpoint holds are those of its rows, or they are lost", () => {
  const rule = { kind: "best", probe: "margin.l2", better: "larger" } as const;
  const rows = [0.1, 0.4, 0.2].map((value, step) => ({ step, "margin.l2": value }));
  const kept = (step: number) => [{ rule, step, value: 0, tensors: {} }];
  expect(lostWeights([rule], { folder: "nowhere", rows, kept: kept(1) })).toBeUndefined();
  expect(lostWeights([rule], { folder: "nowhere", rows, kept: kept(0) })).toEqual([rule, rows[1]]);
  expect(lostWeights([{ kind: "final" }], { folder: "nowhere", rows, kept: [] })).toBeUndefined();
  expect(lostWeights([{ kind: "every" }], { folder: "nowhere", rows, kept: kept(1) })).toEqual([{ kind: "every" }, rows[0]]);
});
