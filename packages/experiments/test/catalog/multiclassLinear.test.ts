import { normFromText, Training } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type Claim, catalog, drawData, type LabelledDataset, trainOptions } from "../../src/index.js";
import { binary } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";
import golden from "./multiclassLinear.json" with { type: "json" };

const { definition } = catalog.get("multiclass-linear")!;

/** The known values that claims compare the margin in a norm with. */
const knownIn = (norm: string): Readonly<Record<string, number>> => {
  const ofNorm = (claim: Claim): claim is Extract<Claim, { left: unknown }> => "left" in claim && claim.left.probe === `margin.${norm}`;
  const { right } = definition.claims.filter(ofNorm)[0]!;
  return (right as { bySeed: Record<string, number> }).bySeed;
};

// made by multiclassLinear.py with numpy 1.24 and scipy 1.10
describe.each(Object.entries(golden.seeds))("multiclass-linear, seed %s", (seed, { X, y, largestMargin }) => {
  test("draws the samples whose optima are known", async () => {
    const { train } = await drawData(definition.dataset as LabelledDataset, Number(seed), { kernels: binary, files: noFiles });
    expect([...train.inputs]).toEqual(X.flat());
    expect(Array.from(train.labels)).toEqual(y);
  });

  test.each(Object.entries(largestMargin))(
    "the largest margin in %s lies in its bracket, and so it does by our own multipliers",
    async (norm, { low, high }) => {
      const known = knownIn(norm)[seed]!;
      expect(high / low - 1).toBeLessThan(2e-5);
      const rounding = 1e-9;
      expect(known).toBeGreaterThanOrEqual(low * (1 - rounding));
      expect(known).toBeLessThanOrEqual(high * (1 + rounding));
      const [name, arm] = Object.entries(definition.arms).find(([, { optimizer }]) => "norm" in optimizer && optimizer.norm === norm)!;
      const { arms, seeds, ...rest } = definition;
      expect([Object.keys(arms), seeds]).toEqual([expect.arrayContaining([name]), expect.arrayContaining([Number(seed)])]);
      const { train } = await drawData(definition.dataset as LabelledDataset, Number(seed), { kernels: binary, files: noFiles });
      const training = new Training(trainOptions({ ...rest, arm, seed: Number(seed) }, train, undefined), { kernels: binary });
      while (training.step < 1000) training.advance();
      // weak duality of a linear model: margin / ratio is the bound of the weights of the moment
      const { margin, tangentMarginRatio } = training.kktResidual(normFromText(norm));
      expect(margin).toBeLessThanOrEqual(known * (1 + rounding));
      expect(margin / tangentMarginRatio).toBeGreaterThanOrEqual(known * (1 - rounding));
      expect(margin).toBeGreaterThan(0.8 * known);
    },
  );
});
