import { Training } from "@steepest/core";
import { buildOptimizer, drawData, fittingStep, optimizerName, optimizers, stepStarts, trainOptions } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { dataStarts, optimizerStarts } from "../../src/setup/choices.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import { complete, entryOf, optimizerMenu, optimizerOfEntry, unusedOptimizer } from "../../src/setup/optimizerMenu.js";
import { type ArmSetup, mostArms } from "../../src/setup/raceSetup.js";
import { host } from "../hosts.js";

describe("the menu of optimisers", () => {
  test("has every optimiser of the registry", () => {
    expect(new Set(optimizerMenu.map(([id]) => optimizerOfEntry(id).kind))).toEqual(new Set(Object.keys(optimizers)));
    expect(new Set(optimizerMenu.map(([, name]) => name)).size).toBe(optimizerMenu.length);
  });

  test.each(optimizerMenu.map(([id, name]) => [name, id] as const))("finds %s again, which can be built as it is", (name, id) => {
    const optimizer = optimizerOfEntry(id);
    expect(entryOf(optimizer).entry).toBe(id);
    expect(buildOptimizer(complete(optimizer))).toBeDefined();
    if (id !== "steepest") expect(optimizerName(optimizer).startsWith(name)).toBe(true);
  });

  test("shows options where a name does not say all of them", () => {
    expect(entryOf({ kind: "steepest", norm: "l2", normalized: true })).toEqual({ entry: "gradient descent", hasOptions: false });
    expect(entryOf({ normalized: true, norm: "l2", kind: "steepest" })).toEqual({ entry: "gradient descent", hasOptions: false });
    expect(entryOf({ kind: "steepest", norm: "l2", normalized: false })).toEqual({ entry: "steepest", hasOptions: true });
    const gradientDescent = { kind: "steepest", norm: "l2", normalized: true } as const;
    expect(entryOf(gradientDescent, { keepsOptions: true })).toEqual({ entry: "steepest", hasOptions: true });
    expect(entryOf(optimizerStarts.adam)).toEqual({ entry: "adam", hasOptions: true });
  });
});

describe("an optimiser that is added", () => {
  test("is the first on offer that does not race yet, and the first of all where every one does", () => {
    const { arms, data } = defaultSetup;
    expect(optimizerName(unusedOptimizer({ arms: [], data }))).toBe("gradient descent");
    expect(optimizerName(unusedOptimizer({ arms, data }))).toBe("spectral descent");
    expect(optimizerName(unusedOptimizer({ arms, data: dataStarts.xor! }))).toBe("spectral descent");
    const all = optimizerMenu.map(([id]) => ({ ...arms[0]!, optimizer: optimizerOfEntry(id) }));
    expect(optimizerName(unusedOptimizer({ arms: all, data }))).toBe("gradient descent");
  });

  const drawn = Object.values(dataStarts).filter(({ kind }) => kind !== "mnistPair");
  test.each(drawn.map((data) => [data.kind, data] as const))("separates %s, as all do that were added before", async (_, data) => {
    const setup = { ...defaultSetup, data, arms: [] as ArmSetup[] };
    while (setup.arms.length < mostArms) {
      const optimizer = unusedOptimizer(setup);
      setup.arms.push({ optimizer, step: fittingStep(optimizer, stepStarts.marginPaced) });
    }
    const runs = runsOfSetup(setup);
    const { train } = await drawData(data, setup.seed, host);
    for (const run of runs) {
      const training = new Training(trainOptions(run, train, undefined), host);
      while (training.separationStep === undefined && !training.outcome && training.step < 2000) training.advance();
      const { kind } = run.arm.optimizer;
      expect(training.separationStep, `${kind} separates the first example of ${data.kind}, where the page starts`).toBeDefined();
    }
  });
});

test("smoothing is there for the norms that have it, also within a rescaled optimiser, and leaves with them", () => {
  const plain = { kind: "steepest", norm: "linf", normalized: false } as const;
  expect(complete(plain)).toEqual({ ...plain, smoothing: "none" });
  expect(complete({ ...plain, smoothing: "alignment" })).toEqual({ ...plain, smoothing: "alignment" });
  expect(complete({ ...plain, norm: "l2", smoothing: "none" })).toEqual({ ...plain, norm: "l2" });
  const rescaled = { kind: "progressiveRescaling", optimizer: plain, period: 10, growth: 2 } as const;
  expect(complete(rescaled)).toEqual({ ...rescaled, optimizer: { ...plain, smoothing: "none" } });
});
