import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { input, number, output } from "../support/recipes/recipe.js";

type Rows = readonly (readonly number[])[];

interface SquaredCase {
  readonly name: string;
  readonly scores: Rows;
  readonly targets: Rows;
  readonly log_risk: number;
  readonly seeds: Rows;
  /** Absent where M / R lies beyond the range. */
  readonly weight: number | null;
}

const cases: SquaredCase[] = JSON.parse(readFileSync(new URL("../golden/squared.json", import.meta.url), "utf8")).cases;
const { EPSILON: epsilon, NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe.each(implementations)("%s: squared loss", (_, kernels) => {
  const evaluate = (scores: Rows, targets: Rows) => {
    const [n, outputs] = [scores.length, scores[0]!.length];
    const given = [scores, targets].map((rows) => input(Float64Array.from(rows.flat())));
    const { returned, outputs: written } = call(
      kernels,
      "squaredLoss",
      [...given, output(n * outputs), output(n), number(n), number(outputs)],
      aligned,
    );
    return { logRisk: returned!, seeds: [...written[0]!], weights: [...written[1]!] };
  };

  test.each(cases.map((one) => [one.name, one] as const))("%s equals the 50-digit reference", (__, one) => {
    const { logRisk, seeds, weights } = evaluate(one.scores, one.targets);
    const exact = one.seeds.flat();
    // four lanes of n terms, each with three roundings of a seed, doubled by the square
    const sumError = (exact.length / 8 + 4) * epsilon;
    const halfSum = exact.reduce((sum, seed) => sum + seed * seed, 0) / 2;
    const logLargest = (one.log_risk - Math.log(halfSum)) / 2;
    const parts = 2 * Math.abs(logLargest) + Math.abs(Math.log(halfSum)) + Math.abs(one.log_risk);
    expect(Math.abs(logRisk - one.log_risk)).toBeLessThanOrEqual(sumError + epsilon * parts);
    for (const [i, seed] of seeds.entries())
      expect(Math.abs(seed - exact[i]!)).toBeLessThanOrEqual(1.5 * epsilon * Math.abs(exact[i]!) + 5e-324);
    for (const weight of weights) {
      if (one.weight === null) expect(weight).toBe(infinity);
      else expect(Math.abs(weight - one.weight)).toBeLessThanOrEqual((sumError + 2 * epsilon) * one.weight + 5e-324);
    }
  });

  test("by hand", () => {
    expect(evaluate([[1], [5]], [[2], [3]])).toEqual({ logRisk: 2 * Math.LN2 + Math.log(0.625), seeds: [0.5, -1], weights: [0.8, 0.8] });
    expect(evaluate([[1, 0]], [[0, 1]])).toEqual({ logRisk: 0, seeds: [-1, 1], weights: [1] });
  });

  test("no residual: the risk is zero, and nothing pulls", () => {
    expect(
      evaluate(
        [
          [1e300, -0],
          [5e-324, 7],
        ],
        [
          [1e300, 0],
          [5e-324, 7],
        ],
      ),
    ).toEqual({ logRisk: -infinity, seeds: [0, 0, 0, 0], weights: [0, 0] });
  });

  test("the gradient is the same pull at every scale", () => {
    const [scores, targets] = [
      [
        [3, -2],
        [0.5, 8],
      ],
      [
        [1, 1],
        [0.25, -4],
      ],
    ];
    const { logRisk, seeds, weights } = evaluate(scores, targets);
    for (const power of [-1000, -200, 500, 1019]) {
      const scaled = [scores, targets].map((rows) => rows.map((row) => row.map((value) => value * 2 ** power)));
      const at = evaluate(scaled[0]!, scaled[1]!);
      expect(at.seeds).toEqual(seeds);
      expect(at.weights.map((weight) => weight * 2 ** power)).toEqual(weights);
      expect(at.logRisk / (logRisk + 2 * power * Math.LN2)).toBeCloseTo(1, 14);
    }
  });

  test("NaN and infinity show", () => {
    for (const bad of [nan, infinity, -infinity]) {
      const { logRisk, weights } = evaluate(
        [
          [1, bad],
          [3, 4],
        ],
        [
          [0, 1],
          [1, 1],
        ],
      );
      expect(logRisk).toBe(nan);
      expect(weights).toEqual([nan, nan]);
    }
    expect(evaluate([[infinity]], [[infinity]]).logRisk).toBe(nan);
  });
});
