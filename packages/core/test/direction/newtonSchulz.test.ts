import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { checkLaws, gamma, type NormSubject, normLaws } from "@steepest/laws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BlocksOf, type NormShape, newtonSchulz, norms } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { layoutBlocks, matrixNormSubject, oneMatrix } from "../support/normSubject.js";

const seed = 20_241_029;

function directionOf(factory: KernelFactory, blocksOf: BlocksOf): (g: Float64Array) => Float64Array {
  return (g) => {
    const shape: NormShape = { length: g.length, blocks: blocksOf(g.length) };
    const plan = new ArenaPlan().span(g.length).span(g.length).region(newtonSchulz.scratch(shape));
    const arena = plan.allocate(factory);
    const [input, output] = [arena.span(g.length), arena.span(g.length)];
    const direction = newtonSchulz.bind(arena.kernels, shape, arena.region(newtonSchulz.scratch(shape)));
    input.view.set(g);
    direction(input, output);
    return output.view.slice();
  };
}

/** A matrix with one singular value per entry of `sigma`, at the places (i, i). */
function diagonal(rows: number, columns: number, sigma: readonly number[]): Float64Array {
  const g = new Float64Array(rows * columns);
  for (const [i, value] of sigma.entries()) g[i * columns + i] = value;
  return g;
}

/** φ five times, φ(σ) = 3.4445 σ - 4.775 σ³ + 2.0315 σ⁵. */
function iterated(sigma: number): number {
  let x = sigma;
  for (let k = 0; k < 5; k++) x = 3.4445 * x - 4.775 * x ** 3 + 2.0315 * x ** 5;
  return x;
}

describe.each(hosts)("Newton-Schulz on the $host", ({ kernels }) => {
  test.each([
    [1, 1],
    [1, 7],
    [7, 1],
    [3, 3],
    [4, 9],
    [9, 4],
    [8, 8],
  ])("sends every singular value of a %i x %i matrix where the polynomial does", (rows, columns) => {
    const direction = directionOf(kernels, () => [{ offset: 0, rows, columns }]);
    const values = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), {
      minLength: Math.min(rows, columns),
      maxLength: Math.min(rows, columns),
    });
    fc.assert(
      fc.property(values, fc.integer({ min: -1000, max: 900 }), (sigma, exponent) => {
        const length = Math.hypot(...sigma);
        fc.pre(length > 1e-3);
        const out = direction(
          diagonal(
            rows,
            columns,
            sigma.map((value) => value * 2 ** exponent),
          ),
        );
        const expected = diagonal(
          rows,
          columns,
          sigma.map((value) => -iterated(value / length)),
        );
        // the slope of the five iterations is at most 3.4445⁵ < 485, and each one rounds about eight times
        for (const [i, value] of out.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(485 * 5 * gamma(8 + 2 * rows));
      }),
      { seed, numRuns: 50 },
    );
  });

  test("brings singular values of at least 0.0016 ||G||_F into [0.68, 1.21]", () => {
    const direction = directionOf(kernels, () => [{ offset: 0, rows: 2, columns: 2 }]);
    for (let s = 0.0016; s < 1; s *= 1.01) {
      const [moved] = direction(Float64Array.of(s, 0, 0, Math.sqrt(1 - s * s)));
      expect(-moved!).toBeGreaterThan(0.68);
      expect(-moved!).toBeLessThan(1.21);
    }
  });

  test("zero stays zero, NaN stays NaN, the gradient is not touched", () => {
    const direction = directionOf(kernels, oneMatrix);
    expect(direction(new Float64Array(12)).every((entry) => entry === 0)).toBe(true);
    expect(direction(new Float64Array(12).fill(1).with(5, Number.NaN)).some(Number.isNaN)).toBe(true);
  });

  test("is not the steepest direction of the spectral norm: it fails that norm's laws", () => {
    const spectral = matrixNormSubject(norms.spectral, kernels, { partialIsometry: true });
    const posing: NormSubject = { ...spectral, lmo: directionOf(kernels, layoutBlocks) };
    const { results } = checkLaws(normLaws, posing, { seed, profile: "smoke" });
    const violated = results.filter(({ verdict }) => verdict === "violated").map(({ law }) => law);
    expect(violated).toEqual(expect.arrayContaining(["lmo-attains-dual-norm", "lmo-in-unit-ball", "lmo-is-steepest"]));
    // what it does keep: it is a function of g alone, and vanishes at 0
    expect(violated).not.toContain("lmo-of-zero");
    expect(violated).not.toContain("lmo-leaves-its-argument");
  });
});
