import { buildOptimizer, optimizers } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { optimizerStarts } from "../../src/setup/choices.js";
import { optimizerName } from "../../src/setup/definition.js";
import { entryOf, optimizerMenu, optimizerOfEntry, unusedOptimizer, withSmoothing } from "../../src/setup/optimizerMenu.js";
import { defaultSetup } from "../../src/setup/raceSetup.js";

describe("the menu of optimisers", () => {
  test("has every optimiser of the registry", () => {
    expect(new Set(optimizerMenu.map(([id]) => optimizerOfEntry(id).kind))).toEqual(new Set(Object.keys(optimizers)));
    expect(new Set(optimizerMenu.map(([, name]) => name)).size).toBe(optimizerMenu.length);
  });

  test.each(optimizerMenu.map(([id, name]) => [name, id] as const))("finds %s again, which can be built as it is", (name, id) => {
    const optimizer = optimizerOfEntry(id);
    expect(entryOf(optimizer).entry).toBe(id);
    expect(buildOptimizer(withSmoothing(optimizer))).toBeDefined();
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

test("an arm that is added is the first named optimiser that does not race yet", () => {
  const { arms } = defaultSetup;
  expect(optimizerName(unusedOptimizer([]))).toBe("gradient descent");
  expect(optimizerName(unusedOptimizer(arms))).toBe("coordinate descent");
  const all = optimizerMenu.map(([id]) => ({ ...arms[0]!, optimizer: optimizerOfEntry(id) }));
  expect(optimizerName(unusedOptimizer(all))).toBe("gradient descent");
});

test("smoothing is there for the norms that have it, also within a rescaled optimiser, and leaves with them", () => {
  const plain = { kind: "steepest", norm: "linf", normalized: false } as const;
  expect(withSmoothing(plain)).toEqual({ ...plain, smoothing: "none" });
  expect(withSmoothing({ ...plain, smoothing: "alignment" })).toEqual({ ...plain, smoothing: "alignment" });
  expect(withSmoothing({ ...plain, norm: "l2", smoothing: "none" })).toEqual({ ...plain, norm: "l2" });
  const rescaled = { kind: "progressiveRescaling", optimizer: plain, period: 10, growth: 2 } as const;
  expect(withSmoothing(rescaled)).toEqual({ ...rescaled, optimizer: { ...plain, smoothing: "none" } });
});
