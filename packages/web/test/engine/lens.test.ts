import { losses, mlp, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { ceilingOf } from "../../src/engine/ceiling.js";
import { lensOf } from "../../src/engine/lens.js";
import { host } from "../hosts.js";

const network = mlp({ widths: [2, 2, 1], activation: "relu" });
const gradient = Float64Array.of(3, -4, 0, 0, 0, 0);

describe("the lens", () => {
  const lens = lensOf(network, host);
  const minus = (scale: number): Float64Array => gradient.map((value) => -value * scale);

  test("sees an update along the gradient as ℓ2's steepest direction, and by hand what it is to the others", () => {
    const { l1, l2, linf, spectral } = lens(gradient, minus(0.1));
    expect(l2).toBeCloseTo(1, 15);
    expect(l1).toBeCloseTo(4 / 5, 15); // the largest coordinate alone
    expect(linf).toBeCloseTo(7 / (5 * Math.SQRT2), 15); // signs of two coordinates
    expect(spectral).toBeCloseTo(1, 14); // a matrix of rank one
  });

  test("sees updates of any size as what they are", () => {
    const seen = lens(gradient, minus(1));
    for (const scale of [1e-300, 1e-200, 1e200]) {
      for (const [norm, cosine] of Object.entries(lens(gradient, minus(scale)))) expect(cosine).toBeCloseTo(seen[norm]!, 14);
    }
  });

  test("has nothing to say where nothing moved", () => {
    expect(Object.values(lens(gradient, new Float64Array(6)))).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("the ceiling of a margin", () => {
  const ceiling = ceilingOf(losses.exponential, 4, 2, host);
  const point = (logRisk: number, minMargin: number, own: number) =>
    ({ logRisk, minMargin, margin: { [norms.l2.id]: own }, ownNorm: norms.l2.id }) as unknown as Parameters<typeof ceiling>[0];

  test("is (log m - log R) / ||θ||^L with the exponential loss", () => {
    expect(ceiling(point(-10, 8, 2))).toBeCloseTo((Math.log(4) + 10) / 4, 14); // ||θ||^L = 8 / 2
  });

  test("of several classes is as far above as the margin may be above the one that the loss sees", () => {
    const ofFive = ceilingOf(losses.exponential, 4, 5, host);
    expect(ofFive(point(-10, 8, 2))).toBeCloseTo((Math.log(4) + 10 + Math.log(4)) / 4, 14);
  });

  test("is unknown where the smallest sample margin is 0, which says nothing of ||θ||", () => {
    expect(ceiling(point(-10, 0, 0))).toBeNaN();
  });
});
