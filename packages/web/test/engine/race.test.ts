import type { RunOutcome, TrainWarning } from "@steepest/core";
import {
  execute,
  fittingStep,
  type PointsChoice,
  planeConstant,
  type Row,
  type RunDefinition,
  type RunEnd,
  stepStarts,
} from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import type { ArmNews, Frame, LensPoint } from "../../src/engine/message.js";
import { Race } from "../../src/engine/race.js";
import { optimizerStarts } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceData, RaceSetup } from "../../src/setup/raceSetup.js";
import { host } from "../hosts.js";
import { coordinate, exploding, gradient, setups, sign, small, spectral } from "./setups.js";

interface Told {
  readonly frames: Frame[];
  readonly lens: LensPoint[];
  readonly warnings: TrainWarning[];
  last: ArmNews | undefined;
}

function startRace(setup: RaceSetup): Promise<Race> {
  return Race.start(runsOfSetup(setup), planeConstant(setup.data as Exclude<RaceData, { kind: "dropped" }>), host);
}

function hear(told: readonly Told[], news: readonly ArmNews[]): void {
  for (const one of news) {
    const arm = told[one.arm]!;
    arm.frames.push(...one.frames);
    arm.lens.push(...one.lens);
    arm.warnings.push(...one.warnings);
    arm.last = one;
  }
}

/** A whole race, asked for news after every `every` pieces of work. */
async function whole(setup: RaceSetup, every: number): Promise<{ readonly race: Race; readonly told: readonly Told[] }> {
  const race = await startRace(setup);
  const told = setup.arms.map((): Told => ({ frames: [], lens: [], warnings: [], last: undefined }));
  hear(told, race.news(false));
  for (let pieces = 1; race.advance(Infinity); pieces++) if (pieces % every === 0) hear(told, race.news(false));
  hear(told, race.news(false));
  return { race, told };
}

async function recorded(run: RunDefinition): Promise<{ readonly rows: readonly Row[]; readonly end: RunEnd }> {
  const rows: Row[] = [];
  const events = execute(run, host);
  for (;;) {
    const next = await events.next();
    if (next.done) return { rows, end: next.value };
    if (next.value.kind === "row") rows.push(next.value.row);
  }
}

describe.each(Object.entries(setups))("%s", (_, setup) => {
  test.each([1, 7, 1_000_000])(
    "has the rows and the end of the same runs on Node, bit for bit, with news every %d pieces",
    async (every) => {
      const { race, told } = await whole(setup, every);
      expect(race.isOver).toBe(true);
      for (const [i, run] of runsOfSetup(setup).entries()) {
        const { rows, end } = await recorded(run);
        const { frames, warnings, last } = told[i]!;
        expect(frames.map(({ row }) => row)).toStrictEqual(rows);
        expect(last!.outcome).toStrictEqual(end.outcome);
        expect(last!.perfectAccuracyStep).toBe(end.perfectAccuracyStep);
        expect(last!.separationStep).toBe(end.separationStep);
        expect(warnings).toStrictEqual(end.warnings);
        expect(race.arms[i]!.step).toBe(end.outcome.step);
      }
    },
  );
});

test("the small race separates its data, so that the steps of that are compared too", async () => {
  const { told } = await whole(small, 50);
  for (const { last } of told) {
    expect(last!.perfectAccuracyStep).toBeLessThan(last!.separationStep!);
    expect(last!.separationStep).toBeLessThan(100);
  }
});

describe("arms in lockstep", () => {
  test("are never more than a step apart, and together after every round", async () => {
    const race = await startRace(small);
    for (let piece = 1; race.advance(Infinity); piece++) {
      const steps = race.arms.filter(({ done }) => !done).map(({ step }) => step);
      if (steps.length === 0) break;
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
      expect(race.step).toBe(Math.min(...steps));
      if (piece % small.arms.length === 0) expect(new Set(steps).size).toBe(1);
    }
  });

  test("stop where they are told to, and go on from there", async () => {
    const race = await startRace(small);
    while (race.advance(17));
    expect(race.arms.map(({ step }) => step)).toEqual([17, 17, 17, 17]);
    expect(race.advance(17)).toBe(false);
    expect(race.advance(18)).toBe(true);
  });

  test("have ended at the last step, without another piece of work", async () => {
    const race = await startRace(small);
    while (race.advance(small.steps));
    expect(race.isOver).toBe(true);
    expect(race.news(false).map(({ outcome }) => outcome)).toEqual(
      small.arms.map((): RunOutcome => ({ kind: "finished", step: small.steps, reason: "steps" })),
    );
  });

  test("go on where another one has diverged", async () => {
    const { race, told } = await whole({ ...small, depth: 3, arms: [exploding, gradient] }, 5);
    expect(told[0]!.last!.outcome).toMatchObject({ kind: "diverged" });
    expect(told[0]!.last!.now).toBeUndefined();
    expect(told[0]!.frames.length).toBeGreaterThan(0);
    expect(told[1]!.last!.outcome).toMatchObject({ kind: "finished" });
    expect(race.step).toBe(small.steps);
  });
});

describe("news", () => {
  test("are told once", async () => {
    const race = await startRace(small);
    expect(race.news(false)).toHaveLength(small.arms.length);
    expect(race.news(false)).toEqual([]);
    race.advance(1);
    expect(race.news(false).map(({ arm }) => arm)).toEqual([0]);
    while (race.advance(Infinity));
    expect(race.news(false).every(({ outcome }) => outcome !== undefined)).toBe(true);
    expect(race.news(false)).toEqual([]);
  });

  test("have a picture of now exactly where none was recorded", async () => {
    const race = await startRace(small);
    for (let step = 0; step < 60; step++) {
      for (const { frames, picture, step: at } of race.news(false)) expect(picture === undefined).toBe(frames.at(-1)?.row.step === at);
      while (race.advance(step + 1));
    }
  });

  test("can be sent, and do not share memory with what comes later", async () => {
    const race = await startRace(small);
    const [first] = race.news(false);
    const copy = structuredClone(first);
    while (race.advance(50));
    race.news(false);
    expect(first).toStrictEqual(copy);
  });

  test("of a long race stay as many as its decades have points", async () => {
    const { told } = await whole({ ...small, depth: 0, steps: 100_000, arms: [gradient, sign] }, 10_000);
    for (const { frames, lens, warnings } of told) {
      expect(frames.length).toBeLessThanOrEqual(24 * 5 + 4); // step 0 and 1, perfect accuracy, separation
      expect(frames.at(-1)!.row.step).toBe(100_000);
      expect(lens.length).toBeLessThanOrEqual(frames.length);
      expect(warnings.length).toBeLessThanOrEqual(3);
    }
  });
});

describe("pictures", () => {
  const side = (inputDim: number, width: number): RaceSetup => ({
    ...small,
    width,
    steps: 1,
    data: {
      kind: "points",
      inputs: [0, 1].map((k) => Array.from({ length: inputDim }, (_, i) => ((i + k) % 3) - 1)),
      labels: [-1, 1],
      constant: 0,
    },
    arms: [gradient, gradient],
  });

  test.each([
    [64, 3, 3],
    [784, 100, 64],
    [4096, 100, 16],
    [63, 3, 0],
    [49, 3, 0],
    [4225, 3, 0],
  ])("of %d inputs and %d units show %d units", async (inputDim, width, shown) => {
    const race = await startRace(side(inputDim, width));
    const [{ frames }] = race.news(false) as [ArmNews];
    expect(frames[0]!.picture.firstLayer?.weights.length ?? 0).toBe(shown * inputDim);
  });

  test("show of images with a bias coordinate, as tables have it, the pixels alone", async () => {
    const { data, ...setup } = side(64, 3);
    const race = await startRace({ ...setup, data: { ...(data as PointsChoice), constant: 1 } });
    const [{ frames }] = race.news(false) as [ArmNews];
    const { firstLayer } = frames[0]!.picture;
    expect(firstLayer!.side).toBe(8);
    const pixels = Array.from({ length: 3 }, (_, unit) => Array.from(race.arms[0]!.initialWeights.subarray(65 * unit, 65 * unit + 64)));
    expect(firstLayer!.weights).toEqual(Float32Array.from(pixels.flat()));
  });

  test("show no images of a teacher's data, whatever their dimension", async () => {
    const { data, ...setup } = setups["a teacher's data"]!;
    const race = await startRace({ ...setup, data: { ...data, inputDim: 64 } as RaceData });
    const [{ frames }] = race.news(false) as [ArmNews];
    expect(frames[0]!.picture.firstLayer).toBeUndefined();
  });

  test("have a plane only for data in the plane", async () => {
    expect((await startRace(small)).plane).toMatchObject({ size: 56, constant: 1 });
    expect((await startRace(setups["a teacher's data"]!)).plane).toBeUndefined();
  });

  test("of a large network are coarser, so that steps and not pictures take the time", async () => {
    const race = await startRace({ ...small, width: 256, depth: 2, arms: [gradient, gradient] });
    const weights = race.arms[0]!.parameterCount;
    const { size } = race.plane!;
    expect(size).toBeLessThan(56);
    expect(size ** 2 * weights).toBeLessThanOrEqual(2e7);
    const [{ frames }] = race.news(false) as [ArmNews];
    expect(frames[0]!.picture.scores).toHaveLength(size ** 2);
  });
});

describe("the lens", () => {
  test("sees steepest descent as what it is, and not as another", async () => {
    const arms = { l2: gradient, linf: sign, l1: coordinate, spectral };
    const { told } = await whole({ ...small, arms: Object.values(arms) }, 100);
    Object.keys(arms).forEach((own, i) => {
      const { lens, frames } = told[i]!;
      expect(lens.map(({ step }) => step)).toEqual(frames.slice(0, -1).map(({ row }) => row.step));
      for (const { cosines } of lens) {
        // Steps are larger than 1e-6 of the weights, so that rounding turns them by less than 1e-9.
        expect(Math.abs(cosines[own]! - 1), own).toBeLessThan(1e-9);
        for (const cosine of Object.values(cosines)) expect(cosine).toBeLessThan(1 + 1e-9);
      }
      for (const other of Object.keys(arms)) {
        if (other !== own) expect(Math.min(...lens.map(({ cosines }) => cosines[other]!)), `${own} seen as ${other}`).toBeLessThan(0.98);
      }
    });
  });

  test("sees the first step of Adam without memory as sign descent", async () => {
    const adam = { optimizer: { kind: "adam", beta1: 0, beta2: 0, epsilon: 0 }, step: { rule: "constant", size: 0.001 } } as const;
    const { told } = await whole({ ...small, arms: [adam, gradient] }, 100);
    for (const { cosines } of told[0]!.lens) expect(cosines.linf).toBeCloseTo(1, 8);
  });
});

test.each(Object.entries(optimizerStarts))("%s as the menu starts it separates two moons", async (_, optimizer) => {
  const arm = { optimizer, step: fittingStep(optimizer, stepStarts.marginPaced) };
  const { told } = await whole({ ...defaultSetup, steps: 5000, arms: [arm, gradient] }, 1_000_000);
  expect(told[0]!.last!.outcome).toMatchObject({ kind: "finished" });
  expect(told[0]!.last!.separationStep).toBeGreaterThan(0);
});
