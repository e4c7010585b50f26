import type { KernelFunctions } from "@steepest/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { call, type Layout, type Outcome } from "./support/call.js";
import { runs } from "./support/fuzz.js";
import { binary, twin } from "./support/implementations.js";
import type { Argument, Recipe } from "./support/recipes/recipe.js";
import { recipes } from "./support/recipes/recipes.js";

const layouts: fc.Arbitrary<Layout> = fc.record({
  shifts: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  canary: fc.constantFrom(Number.NaN, 0.7),
});

/** NaN equals NaN, −0 differs from +0. */
function firstDifference(a: Outcome, b: Outcome): string | undefined {
  if (!Object.is(a.returned, b.returned)) return `returned ${a.returned} and ${b.returned}`;
  for (const [piece, values] of a.outputs.entries()) {
    const i = values.findIndex((value, index) => !Object.is(value, b.outputs[piece]![index]));
    if (i >= 0) return `output ${piece}, entry ${i}: ${values[i]} and ${b.outputs[piece]![i]}`;
  }
  return undefined;
}

function agree(name: keyof KernelFunctions, args: readonly Argument[], layout: Layout): void {
  const [fromBinary, fromTwin] = [call(binary, name, args, layout), call(twin, name, args, layout)];
  expect(fromBinary.damaged, "bytes the binary may not write").toEqual([]);
  expect(fromTwin.damaged, "bytes the twin may not write").toEqual([]);
  expect(firstDifference(fromBinary, fromTwin), "binary and twin").toBeUndefined();
}

test("every export of the binary has a recipe", () => {
  const exported = Object.entries(binary).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
  expect(exported.filter((name) => name !== "abiVersion").sort()).toEqual(Object.keys(recipes).sort());
});

describe.each(Object.entries(recipes) as [keyof KernelFunctions, Recipe][])("%s: binary and twin agree bit for bit", (name, recipe) => {
  test("on every length from 0 to 35", () => {
    for (let length = 0; length <= 35; length++) {
      fc.assert(
        fc.property(recipe(length), layouts, (args, layout) => agree(name, args, layout)),
        runs(8),
      );
    }
  });

  test("on random lengths up to 200", () => {
    const sized = fc.integer({ min: 0, max: 200 }).chain(recipe);
    fc.assert(
      fc.property(sized, layouts, (args, layout) => agree(name, args, layout)),
      runs(60),
    );
  });
});
