import { describe, expect, test } from "vitest";
import { arrayNorm, l2Of, maxOf, type Norm, norms, sumOf } from "../../src/index.js";
import { hosts } from "../support/hosts.js";

/** A 2 x 2 matrix, then a row of two. */
const blocks = [
  { offset: 0, rows: 2, columns: 2 },
  { offset: 4, rows: 1, columns: 2 },
];
const dimension = 6;

type Value = (x: ArrayLike<number>) => number;

const squared = (x: ArrayLike<number>, i: number, j: number): number => Math.hypot(x[i]!, x[j]!);

/** σ₁ ± σ₂ of [[a, b], [c, d]] are √((a ± d)² + (b ∓ c)²). */
const singular = (x: ArrayLike<number>): [number, number] => {
  const plus = Math.hypot(x[0]! + x[3]!, x[1]! - x[2]!);
  const minus = Math.hypot(x[0]! - x[3]!, x[1]! + x[2]!);
  return [(plus + minus) / 2, Math.abs(plus - minus) / 2];
};

/** The hybrids by hand; nothing of the core is used. */
const hybrids: readonly (readonly [Norm, Value])[] = [
  [maxOf([norms.spectral, norms.linf], [1, 0.5]), (x) => Math.max(singular(x)[0], 0.5 * Math.max(Math.abs(x[4]!), Math.abs(x[5]!)))],
  [maxOf([norms.nuclear, norms.l2], [0.75, 2]), (x) => Math.max(0.75 * (singular(x)[0] + singular(x)[1]), 2 * squared(x, 4, 5))],
  [sumOf([norms.spectral, norms.l1], [1, 3]), (x) => singular(x)[0] + 3 * (Math.abs(x[4]!) + Math.abs(x[5]!))],
  [sumOf([norms.rowMax, norms.l2]), (x) => Math.max(squared(x, 0, 1), squared(x, 2, 3)) + squared(x, 4, 5)],
  [l2Of([norms.spectral, norms.linf], [0.25, 4]), (x) => Math.hypot(0.25 * singular(x)[0], 4 * Math.max(Math.abs(x[4]!), Math.abs(x[5]!)))],
  [l2Of([norms.colSum, norms.l2]), (x) => Math.hypot(squared(x, 0, 2) + squared(x, 1, 3), squared(x, 4, 5))],
];

const gradients = [
  [3, -1, 2, 0.5, -2, 1],
  [0.2, 0.1, -0.3, 0.4, 5, -5],
  [1, 2, 2, 4, 0.5, 0],
  [0, 0, 0, 0, 1, -3],
];

/** max <g, u> / ||u|| by a grid over u that closes in on its best point: the quotient is quasiconcave where it is positive. */
function bruteForce(g: readonly number[], norm: Value): number {
  const steps = [-1, -0.5, 0, 0.5, 1];
  let centre: number[] = new Array<number>(dimension).fill(0);
  let best = 0;
  for (let [width, turn] = [1, 0]; width > 1e-6; turn++) {
    const mirror = Array.from({ length: dimension }, (_, i) => ((turn * 7 + i * 3) % 5) - 1.5); // a grid along the axes alone stalls at kinks
    const square = mirror.reduce((total, m) => total + m * m, 0);
    const before = best;
    let next = centre;
    const u = new Float64Array(dimension);
    for (let code = 0; code < steps.length ** dimension; code++) {
      let rest = code;
      let along = 0;
      for (let i = 0; i < dimension; i++) {
        u[i] = width * steps[rest % steps.length]!;
        along += mirror[i]! * u[i]!;
        rest = Math.floor(rest / steps.length);
      }
      let inner = 0;
      for (let i = 0; i < dimension; i++) {
        u[i] = u[i]! + centre[i]! - ((2 * along) / square) * mirror[i]!;
        inner += u[i]! * g[i]!;
      }
      const length = norm(u);
      if (length > 0 && inner / length > best) {
        best = inner / length;
        next = [...u];
      }
    }
    const scale = Math.max(...next.map(Math.abs));
    centre = next.map((value) => value / scale);
    if (best <= before * (1 + 1e-5)) width *= 0.7; // once this width finds nothing better
  }
  return best;
}

describe.each(hosts)("dual norms of combinations on the $host", ({ kernels }) => {
  test.each(hybrids.map(([norm, value]) => [norm.id, norm, value] as const))("%s: what a brute-force search finds", (_id, norm, value) => {
    const bound = arrayNorm(norm, kernels, () => blocks);
    for (const g of gradients) {
      const found = bruteForce(g, value);
      const dual = bound.dualNorm(Float64Array.from(g));
      expect(found).toBeLessThanOrEqual(dual * (1 + 1e-12));
      expect(found).toBeGreaterThanOrEqual(dual * (1 - 5e-4)); // what the grid can see
      expect(bound.norm(Float64Array.from(g))).toBeCloseTo(value(g), 12);
    }
  });
});
