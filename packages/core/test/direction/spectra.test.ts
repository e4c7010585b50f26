import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { gamma } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { DefinitionError, type DirectionExpression, directionOf, muon, type NormShape, newtonSchulz } from "../../src/index.js";
import { polarExpressPolynomials } from "../../src/internal.js";
import { shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

/** The direction bound to a shape, as a function of arrays. */
function bound(expression: DirectionExpression, shape: NormShape, factory: KernelFactory): (g: ArrayLike<number>) => Float64Array {
  const direction = directionOf(expression);
  const region = direction.scratch(shape);
  const arena = new ArenaPlan().span(shape.length).span(shape.length).region(region).allocate(factory);
  const [input, output] = [arena.span(shape.length), arena.span(shape.length)];
  const aim = direction.bind(arena.kernels, shape, arena.region(region));
  return (g) => {
    input.view.set(g);
    aim(input, output);
    return output.view.slice();
  };
}

/** Singular values 5.0039, 3.6640, 3.4422. */
const g = [3, -1, 2, 0.5, 1, 4, -2, 1, 0.25, 2, 1, -3];
const shape = shapeOf([[3, 4]]);

/** numpy 1.24.2: u, s, vt = linalg.svd(G), -(u * (s / s[0])**p) @ vt. */
const powers: Readonly<Record<string, readonly number[]>> = {
  "0": [
    -0.8480058543756446, 0.1434937700888104, -0.48420375457081755, -0.16075550674815792, -0.3084742005571998, -0.8076205352703781,
    0.4013414209634439, -0.3025190943051855, -0.05192423211810285, -0.45040074834165006, -0.31887078802393337, 0.8323247326357806,
  ],
  "0.5": [
    -0.7127069915230273, 0.17400076546216312, -0.438601131937161, -0.1268074599442511, -0.24904996170182322, -0.8030900498079777,
    0.40048864955014635, -0.24645317909421, -0.05169197586979143, -0.4231562144094366, -0.2547651570034509, 0.7061921162920011,
  ],
  "1": g.map((value) => -value / 5.003888635348379),
};

/** numpy 1.24.2: three times X = 2 X - 1.5 X Xᵀ X + 0.5 (X Xᵀ)² X from G / ||G||_F, negated. */
const iterated = [
  -0.8480076629524638, 0.1434935990478814, -0.4842038584988198, -0.16075697493489793, -0.3084753288031015, -0.8076206891596918,
  0.40134139516028333, -0.30252003553830153, -0.05192320375366828, -0.45040067100492576, -0.3188707668648669, 0.8323256452986674,
];

/**
 * Polar Express for [1e-3, 1] with a cushion of 0.02407327424182761: the coefficients that Amsel et al., arXiv:2505.16932, publish for the first five steps
 * (their program's output in binary64); mpmath 1.2.1, Remez' exchange at 50 digits, gives the same up to 1e-13.
 */
const published = [
  [8.28721201814563, -23.595886519098837, 17.300387312530933],
  [4.107059111542203, -2.9478499167379106, 0.5448431082926601],
  [3.9486908534822946, -2.908902115962949, 0.5518191394370137],
  [3.3184196573706015, -2.488488024314874, 0.51004894012372],
  [2.300652019954817, -1.6689039845747493, 0.4188073119525673],
] as const;

/** Condition 1.5: a few roundings of products of at most four numbers, five iterations. */
const tolerance = 50 * gamma(12);

describe.each(hosts)("directions of matrices on the $host", ({ kernels }) => {
  test.each(Object.keys(powers))("spectralPower %s is numpy's", (p) => {
    expect(largestDifference(bound({ spectralPower: Number(p) }, shape, kernels)(g), powers[p]!)).toBeLessThanOrEqual(tolerance);
  });

  test("spectralPower 0 is the polar factor bit for bit, and does not look at the scale of the gradient", () => {
    const scaled = g.map((value) => value * 2 ** -900);
    expect(bound({ spectralPower: 0 }, shape, kernels)(g)).toEqual(bound("exact", shape, kernels)(g));
    expect(bound({ spectralPower: 0.5 }, shape, kernels)(scaled)).toEqual(bound({ spectralPower: 0.5 }, shape, kernels)(g));
  });

  test("sign is that of the polar factor's entries", () => {
    const polar = powers["0"]!;
    expect(bound({ sign: "exact" }, shape, kernels)(g)).toEqual(Float64Array.from(polar, Math.sign));
    expect(bound({ sign: { spectralPower: 1 } }, shape, kernels)(g)).toEqual(Float64Array.from(g, (value) => -Math.sign(value)));
    expect(bound({ sign: "exact" }, shape, kernels)(new Float64Array(12))).toEqual(new Float64Array(12));
  });

  test("newtonSchulz with coefficients of one's own is numpy's; with Muon's it is Muon's bit for bit", () => {
    const own = bound({ newtonSchulz: { coefficients: [[2, -1.5, 0.5]], steps: 3 } }, shape, kernels)(g);
    expect(largestDifference(own, iterated)).toBeLessThanOrEqual(tolerance);
    const muons = { coefficients: [[3.4445, -4.775, 2.0315]], steps: 5 } as const;
    expect(bound({ newtonSchulz: muons }, shape, kernels)(g)).toEqual(bound("newtonSchulz", shape, kernels)(g));
  });

  test("the last coefficients are those of all further steps", () => {
    const [first, last] = [[3.4445, -4.775, 2.0315] as const, [1.875, -1.25, 0.375] as const];
    const short = bound({ newtonSchulz: { coefficients: [first, last], steps: 4 } }, shape, kernels)(g);
    expect(short).toEqual(bound({ newtonSchulz: { coefficients: [first, last, last, last], steps: 4 } }, shape, kernels)(g));
  });

  test("polarExpress is its polynomials, which tend to the polar factor; singular values below its lower end come later", () => {
    const polynomials = polarExpressPolynomials({ steps: 5, lower: 1e-3 });
    const five = bound({ polarExpress: { steps: 5, lower: 1e-3 } }, shape, kernels)(g);
    expect(five).toEqual(bound({ newtonSchulz: { coefficients: polynomials, steps: 5 } }, shape, kernels)(g));
    const eight = bound({ polarExpress: { steps: 8, lower: 1e-3 } }, shape, kernels)(g);
    expect(largestDifference(eight, powers["0"]!)).toBeLessThanOrEqual(tolerance);
    expect(largestDifference(five, powers["0"]!)).toBeGreaterThan(0.01);
    const small = bound({ polarExpress: { steps: 8, lower: 1e-3 } }, shapeOf([[2, 2]]), kernels)([1, 0, 0, 1e-7]);
    expect(-small[3]!).toBeLessThan(0.1);
  });

  test("randomSpectrum keeps the singular vectors, draws anew in every step, alike in every run, and its values lie in the range", () => {
    const wide = shapeOf([
      [3, 4],
      [4, 2],
    ]);
    const both = [...g, 1, 0, 0, -2, 3, 0, 0, 1];
    const options = { low: 0.5, high: 1.5, seed: 3 };
    const [one, other] = [bound({ randomSpectrum: options }, wide, kernels), bound({ randomSpectrum: options }, wide, kernels)];
    const polar = bound("exact", wide, kernels)(both);
    let total = 0;
    for (let step = 0; step < 200; step++) {
      const u = one(both);
      expect(u).toEqual(other(both));
      const inner = u.reduce((sum, value, j) => sum + value * polar[j]!, 0); // Σ sᵢ over the five singular values
      expect(inner).toBeGreaterThanOrEqual(5 * 0.5);
      expect(inner).toBeLessThan(5 * 1.5);
      total += inner;
    }
    expect(Math.abs(total / 1000 - 1)).toBeLessThan(4 * Math.sqrt(1 / 12 / 1000)); // the mean of 1000 uniforms, four deviations
    expect(one(both)).not.toEqual(one(both));
    expect(bound({ randomSpectrum: { ...options, seed: 4 } }, wide, kernels)(both)).not.toEqual(
      bound({ randomSpectrum: options }, wide, kernels)(both),
    );
    const fixed = bound({ randomSpectrum: { low: 1, high: 1, seed: 0 } }, wide, kernels);
    expect(fixed(both)).toEqual(polar);
  });

  test.each<DirectionExpression>([
    { spectralPower: 0.5 },
    { randomSpectrum: { low: 0, high: 1, seed: 0 } },
    { polarExpress: { steps: 5, lower: 1e-3 } },
  ])("zero stays zero, NaN stays NaN: %o", (expression) => {
    const direction = bound(expression, shape, kernels);
    expect(direction(new Float64Array(12)).every((entry) => entry === 0)).toBe(true);
    expect(direction(new Float64Array(12).fill(1).with(5, Number.NaN)).some(Number.isNaN)).toBe(true);
  });
});

test("the polynomials of Polar Express are the published ones, and end at those of Padé", () => {
  const polynomials = polarExpressPolynomials({ steps: 10, lower: 1e-3 });
  for (const [k, triple] of published.entries()) {
    for (const [i, value] of triple.entries()) expect(Math.abs(polynomials[k]![i]! / value - 1)).toBeLessThanOrEqual(1e-9);
  }
  for (const [i, value] of [1.875, -1.25, 0.375].entries()) expect(Math.abs(polynomials[9]![i]! - value)).toBeLessThanOrEqual(1e-14);
});

test("a polynomial of Polar Express is the best: it equals 1 - E, 1 + E, 1 - E, 1 + E in turn and leaves that band nowhere", () => {
  const [[a, b, c]] = polarExpressPolynomials({ steps: 1, lower: 0.1 }) as [readonly [number, number, number]];
  const value = (x: number): number => x * (a + x * x * (b + x * x * c));
  const error = 1 - value(0.1);
  const grid = Array.from({ length: 100_001 }, (_, i) => value(0.1 + (0.9 * i) / 100_000) - 1);
  expect(Math.max(...grid)).toBeLessThanOrEqual(error * (1 + 1e-9));
  expect(-Math.min(...grid)).toBeLessThanOrEqual(error * (1 + 1e-9));
  const turns = grid.filter((here, i) => Math.abs(here) > error * (1 - 1e-7) && Math.abs(here) >= Math.abs(grid[i - 1] ?? 0));
  expect(new Set(turns.map(Math.sign)).size).toBe(2);
  expect(turns[0]).toBeLessThan(0);
});

test.each<[unknown, string]>([
  [
    "svd",
    "direction: must be one of exact, newtonSchulz, { newtonSchulz }, { polarExpress }, { spectralPower }, { randomSpectrum }, { sign }",
  ],
  [{ spectralPower: 1.5 }, "spectralPower: must be in [0, 1], got 1.5"],
  [{ spectralPower: 0, sign: "exact" }, 'direction: unknown option "sign", expected one of spectralPower'],
  [{ sign: "none" }, "direction.sign: must be one of exact"],
  [{ newtonSchulz: { coefficients: [], steps: 3 } }, "newtonSchulz.coefficients: must be those of 1 to 3 steps, got 0"],
  [{ newtonSchulz: { coefficients: [[1, 2]], steps: 3 } }, "newtonSchulz.coefficients.0: must be three numbers, got 2"],
  [{ newtonSchulz: { coefficients: [[1, 2, Number.NaN]], steps: 3 } }, "newtonSchulz.coefficients.0.2: must be finite, got NaN"],
  [{ polarExpress: { steps: 0, lower: 0.1 } }, "polarExpress.steps: must be an integer >= 1, got 0"],
  [{ polarExpress: { steps: 5, lower: 1 } }, "polarExpress.lower: must be in (0, 1), got 1"],
  [{ randomSpectrum: { low: 2, high: 1, seed: 0 } }, "randomSpectrum.low: must be at most high = 1, got 2"],
])("refuses %o", (expression, message) => {
  expect(() => directionOf(expression as DirectionExpression)).toThrow(DefinitionError);
  expect(() => directionOf(expression as DirectionExpression)).toThrow(message);
});

test("the word newtonSchulz is the exported direction", () => expect(directionOf("newtonSchulz")).toBe(newtonSchulz));

test("theory expects of singular values to the power 0 the same as of the polar factor, and of others nothing", () => {
  const options = { momentum: 0.9, nesterov: false, scale: "aspect" } as const;
  const of = (orthogonalization: DirectionExpression) => muon({ ...options, orthogonalization }).expectation;
  const { margin, ...exact } = of("exact");
  expect(of({ spectralPower: 0 })).toMatchObject({ ...exact, margin: { id: margin!.id } });
  for (const power of [1e-3, 0.5, 1]) expect(of({ spectralPower: power }).margin).toBeUndefined();
});
