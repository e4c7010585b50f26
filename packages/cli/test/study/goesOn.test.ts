import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "@steepest/node";
import { describe, expect, test } from "vitest";
import { ended, main, start, steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const { gradient, sign } = tiny.arms;
/** Two arms with warnings, mini-batches, a phase and everything that is measured along a run; the second takes a second or two. */
const definition = {
  ...tiny,
  seeds: [0],
  claims: [],
  arms: {
    gradient: { ...gradient, batch: { size: 4, order: "shuffled" }, stop: { steps: 300 } },
    sign: {
      ...sign,
      step: { rule: "constant", size: 1e-4 },
      phases: [{ when: { step: 2_000 }, optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 0 } }],
    },
  },
  stop: { steps: 150_000 },
  record: { ...tiny.record, probes: [...tiny.record.probes, "worstSoftMarginDrop", "direction.pathLength", "softMarginGrowth.totalSlack"] },
};
const short = { ...definition, stop: { steps: 3000 } };
const saving = ["final", "every", "best:margin.linf", "best:min:margin.linf"];
const plain = ["run", "tiny.json", "--progress", "json"];
const run = [...plain, ...saving.flatMap((rows) => ["--save", rows])];

/** SHA-256 of every file of weights of all complete runs but for their names, by the path in the run folder; of a run and its continuation those of the longer one. */
const weights = (cwd: string): Record<string, string> => {
  const runs = join(cwd, "runs/tiny");
  const longest = ["gradient", "sign"].map((arm) => {
    const names = readdirSync(runs).filter((name) => name.startsWith(arm) && existsSync(join(runs, name, "outcome.json")));
    const rowCount = (name: string): number => readFileSync(join(runs, name, "rows.jsonl"), "utf8").split("\n").length;
    return names.sort((a, b) => rowCount(b) - rowCount(a))[0]!;
  });
  return Object.fromEntries(
    longest.flatMap((name) =>
      readdirSync(join(runs, name, "weights"))
        .sort()
        .map((file) => [`${name}/${file}`, hashOf(readFileSync(join(runs, name, "weights", file)).toString("latin1"))]),
    ),
  );
};

/** Rows and sealed ends of all complete runs by arm and seed. */
const recorded = (cwd: string, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(filesOf(cwd, name)).map(([run, text]) => [run.slice(0, -13), text]));
const ends = (cwd: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(filesOf(cwd, "outcome.json"))
      .map(([run, text]) => {
        const { outcome, resultHash, rowCount } = JSON.parse(text) as { outcome: unknown; resultHash: string; rowCount: number };
        return [run.slice(0, -13), { outcome, resultHash, rowCount }] as const;
      })
      .sort(([, a], [, b]) => a.rowCount - b.rowCount), // of a run and its continuation the longer one
  );

interface Said {
  readonly event: string;
  readonly arm?: string;
  readonly step?: number;
  readonly folder?: string;
  readonly message?: string;
}

const said = (stderr: string, event: string): Said[] =>
  stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Said)
    .filter((one) => one.event === event);

/** The command, ended by a signal once the arm has made so many steps. */
async function endedAt(cwd: string, args: readonly string[], signal: NodeJS.Signals, steps: number) {
  const child = start(args, { cwd });
  const result = ended(child);
  let told = "";
  child.stderr!.on("data", (text: string) => {
    told += text;
    const [last] = [...told.matchAll(/"event":"step","arm":"sign","seed":0,"step":(\d+)/g)].slice(-1);
    if (last && Number(last[1]) >= steps && !child.killed) child.kill(signal);
  });
  return result;
}

type Whole = Awaited<ReturnType<typeof made>>;
let untouched: Promise<Whole> | undefined;
/** Rows and ends of an untouched folder. */
function expected(changes?: readonly string[], of?: unknown): Promise<Whole> {
  if (changes) return made(changes, of);
  untouched ??= made();
  return untouched;
}

async function made(changes: readonly string[] = [], of: unknown = definition) {
  const cwd = folderWith(of);
  expect((await steepest([...run, "--checkpoint", "never", ...changes], { cwd })).code).toBe(0);
  expect(filesOf(cwd, "checkpoint.safetensors")).toEqual({});
  return { rows: recorded(cwd, "rows.jsonl"), ends: ends(cwd), weights: weights(cwd) };
}

const folderOf = (cwd: string, arm: string): string =>
  join(cwd, "runs/tiny", readdirSync(join(cwd, "runs/tiny")).find((name) => name.startsWith(arm))!);

describe.skipIf(process.platform === "win32")("a run", () => {
  test("that was ended by signals, whatever the thread counts, has the rows and the result of one that was not", async () => {
    const cwd = folderWith(definition);
    const whole = await expected();
    const first = await endedAt(cwd, [...run, "--threads", "1"], "SIGTERM", 20_000);
    expect(first.code).toBe(75);
    expect(first.stderr).toContain("where the others were: the same command goes on from there\n");
    expect(existsSync(join(folderOf(cwd, "sign"), "checkpoint.safetensors"))).toBe(true);
    const second = await endedAt(cwd, [...run, "--threads", "2"], "SIGINT", 70_000);
    expect(second.code).toBe(75);
    const [resumed] = said(second.stderr, "resume");
    expect(resumed).toMatchObject({ arm: "sign" });
    expect(resumed!.step).toBeGreaterThanOrEqual(20_000);
    const third = await steepest([...run, "--threads", "1"], { cwd });
    expect(third.code).toBe(0);
    expect(said(third.stderr, "resume")[0]!.step).toBeGreaterThan(resumed!.step!);
    expect(recorded(cwd, "rows.jsonl")).toEqual(whole.rows);
    expect(ends(cwd)).toEqual(whole.ends);
    expect(weights(cwd)).toEqual(whole.weights);
    expect(Object.keys(filesOf(cwd, "checkpoint.before.safetensors"))).toEqual([]);
  }, 180_000);

  test("that was killed goes on at its last checkpoint; a damaged one is said, and the one before taken", async () => {
    const cwd = folderWith(definition);
    const whole = await expected();
    const killed = await endedAt(cwd, [...run, "--checkpoint", "0"], "SIGKILL", 60_000);
    expect(killed.code).toBeNull();
    const path = folderOf(cwd, "sign");
    expect(existsSync(join(path, "checkpoint.before.safetensors"))).toBe(true);
    const latest = join(path, "checkpoint.safetensors");
    const bytes = readFileSync(latest);
    bytes[bytes.length - 5]! ^= 4;
    writeFileSync(latest, bytes);
    const again = await steepest([...run, "--checkpoint", "0"], { cwd });
    expect(again.code).toBe(0);
    expect(said(again.stderr, "unkept")).toMatchObject([{ arm: "sign", message: expect.stringContaining("is damaged") }]);
    expect(said(again.stderr, "resume")).toMatchObject([{ arm: "sign", step: expect.any(Number) }]);
    expect(recorded(cwd, "rows.jsonl")).toEqual(whole.rows);
    expect(ends(cwd)).toEqual(whole.ends);
    expect(weights(cwd)).toEqual(whole.weights);
  }, 180_000);

  test("with a later stop continues an interrupted one", async () => {
    const cwd = folderWith(definition);
    const whole = await expected();
    const shorter = [...run, "--threads", "1", "--set", "stop.steps=149000"];
    expect((await endedAt(cwd, shorter, "SIGTERM", 60_000)).code).toBe(75);
    const left = folderOf(cwd, "sign");
    const longer = await steepest(run, { cwd });
    expect(longer.code).toBe(0);
    const [continued] = said(longer.stderr, "resume").filter(({ arm }) => arm === "sign");
    expect(continued).toMatchObject({ folder: left.slice(cwd.length + 1) });
    expect(continued!.step).toBeGreaterThanOrEqual(60_000);
    expect(recorded(cwd, "rows.jsonl").sign).toBe(whole.rows.sign);
    expect(weights(cwd)).toEqual(whole.weights);
    expect(existsSync(join(left, "checkpoint.safetensors"))).toBe(true); // for the run itself
  }, 180_000);

  test("that is complete and made again goes on where that was interrupted, and is the complete one until then", async () => {
    const cwd = folderWith(definition);
    expect((await steepest(run, { cwd })).code).toBe(0);
    const made = filesOf(cwd, "outcome.json");
    const interrupted = await endedAt(cwd, [...run, "--fresh"], "SIGTERM", 60_000);
    expect(interrupted.code).toBe(75);
    expect(filesOf(cwd, "outcome.json")).toEqual(made);
    const again = await steepest([...run, "--fresh"], { cwd });
    expect(again.code).toBe(0);
    const [resumed] = said(again.stderr, "resume").filter(({ arm }) => arm === "sign");
    expect(resumed!.step).toBeGreaterThanOrEqual(60_000);
    expect(filesOf(cwd, "outcome.json")).toEqual(made);
  }, 180_000);

  test.each([
    ["stop.steps", ["--set", "stop.steps=4000", "--set", "arms.gradient.stop.steps=1000"], ["gradient", "sign"]],
    ["stop of one arm", ["--set", "arms.gradient.stop.steps=317"], ["gradient"]],
  ])(
    "with a later %s continues the finished one, in a folder of its own",
    async (_, changes, arms) => {
      const cwd = folderWith(short);
      expect((await steepest([...run, "--threads", "2"], { cwd })).code).toBe(0);
      const before = filesOf(cwd, "rows.jsonl");
      const whole = await expected(changes, short);
      const longer = await steepest([...run, "--threads", "1", ...changes], { cwd });
      expect(longer.code).toBe(0);
      const continued = said(longer.stderr, "resume");
      expect(continued.map(({ arm }) => arm).sort()).toEqual(arms);
      for (const { arm, step, folder } of continued) {
        expect(step).toBe(arm === "sign" ? 3000 : 300);
        expect(folder).toMatch(new RegExp(`runs/tiny/${arm}-s0-`));
      }
      const after = filesOf(cwd, "rows.jsonl");
      expect(after).toMatchObject(before);
      const made = Object.entries(after).filter(([name]) => !(name in before));
      expect(made.map(([name]) => name.slice(0, -13)).sort()).toEqual(arms.map((arm) => `${arm}-s0`));
      for (const [name, rows] of made) expect(rows).toBe(whole.rows[name.slice(0, -13)]);
      expect(ends(cwd)).toEqual(whole.ends);
      expect(weights(cwd)).toEqual(whole.weights);
      expect(weights(cwd)).toEqual(whole.weights);
      const shorter = await steepest([...run, "--set", "stop.steps=1000"], { cwd });
      expect(said(shorter.stderr, "resume")).toEqual([]); // it has ended before any state that is kept
    },
    120_000,
  );
});

test.skipIf(process.platform === "win32")("for whose checkpoints there is no room is made all the same, and says so", async () => {
  const wide = { ...short, network: { ...definition.network, hidden: [500] }, record: tiny.record, stop: { steps: 30 } };
  const cwd = folderWith({ ...wide, arms: { sign } });
  const child = spawn("sh", ["-c", 'ulimit -f 16; exec "$@"', "sh", process.execPath, main, ...plain], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, stderr } = await ended(child);
  expect(code).toBe(0);
  expect(said(stderr, "unkept")).toMatchObject([
    { arm: "sign", message: expect.stringContaining("checkpoint.safetensors: cannot write the checkpoint") },
  ]);
  const [name] = readdirSync(join(cwd, "runs/tiny")) as [string];
  expect(readdirSync(join(cwd, "runs/tiny", name)).sort()).toEqual(["definition.json", "environment.json", "outcome.json", "rows.jsonl"]);
});

test("--checkpoint takes seconds, or never", async () => {
  const cwd = folderWith(tiny);
  const { code, stderr } = await steepest(["run", "tiny.json", "--checkpoint", "soon"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain("--checkpoint: must be a number of seconds up to 1000000, or never, got soon");
});
