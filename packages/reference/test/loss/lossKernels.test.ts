import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { input, number, output } from "../support/recipes/recipe.js";

interface GoldenCase {
  readonly name: string;
  readonly loss: "exp" | "logistic";
  readonly margins: readonly number[];
  readonly log_loss: number;
  readonly q: readonly number[];
}

const read = (file: string): GoldenCase[] => JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8")).cases;
const golden = [...read("losses.json"), ...read("lossEdges.json")];

describe.each(implementations)("%s: log risk and weights", (_, kernels) => {
  const evaluate = (loss: GoldenCase["loss"], margins: readonly number[]) => {
    const name = loss === "exp" ? "exponentialLoss" : "logisticLoss";
    const n = margins.length;
    const { returned, outputs } = call(kernels, name, [input(Float64Array.from(margins)), output(n), number(n)], aligned);
    return { logRisk: returned!, weights: [...outputs[0]!] };
  };

  test.each(golden.map((one) => [one.name, one] as const))("%s equals the 50-digit reference", (__, { loss, margins, log_loss, q }) => {
    const { logRisk, weights } = evaluate(loss, margins);
    expect(Math.abs(logRisk - log_loss)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(log_loss)));
    for (const [i, weight] of weights.entries()) expect(Math.abs(weight - q[i]!)).toBeLessThanOrEqual(1e-13 * q[i]! + 1e-300);
  });

  test("equal margins share the risk evenly", () => {
    expect(evaluate("exp", [2, 2, 2, 2])).toEqual({ logRisk: -2 + Math.log(4), weights: [0.25, 0.25, 0.25, 0.25] });
    const { logRisk, weights } = evaluate("logistic", [0, 0]);
    expect(logRisk).toBeCloseTo(Math.log(2 * Math.LN2), 15);
    expect(weights[0]).toBeCloseTo(0.25 / Math.LN2, 15); // ½ / (2 log 2)
  });

  test("margins far past the range of e^−q still have weights", () => {
    const { logRisk, weights } = evaluate("exp", [1e6, 1e6 + 1]);
    expect(logRisk).toBeCloseTo(-1e6 + Math.log1p(Math.exp(-1)), 9);
    expect(weights[0]! / weights[1]!).toBeCloseTo(Math.E, 12);
  });

  test("a NaN margin makes everything NaN", () => {
    for (const loss of ["exp", "logistic"] as const) {
      expect(evaluate(loss, [1, Number.NaN])).toEqual({ logRisk: Number.NaN, weights: [Number.NaN, Number.NaN] });
    }
  });
});
