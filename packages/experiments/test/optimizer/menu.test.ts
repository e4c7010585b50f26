import { expect, test } from "vitest";
import { buildOptimizer, optimizerMenu, optimizerName, optimizers } from "../../src/index.js";

test("the menu has every optimiser of the registry, and what it offers are optimisers", () => {
  expect(new Set([...optimizerMenu.values()].map(({ start }) => start.kind))).toEqual(new Set(Object.keys(optimizers)));
  for (const { start } of optimizerMenu.values()) expect(() => buildOptimizer(start)).not.toThrow();
});

test("choices with a name of their own are found by it", () => {
  for (const name of ["gradient descent", "sign descent", "coordinate descent", "spectral descent"])
    expect(optimizerName(optimizerMenu.get(name)!.start)).toBe(name);
});
