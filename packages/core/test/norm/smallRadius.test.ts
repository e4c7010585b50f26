import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type ArrayNorm,
  arrayNorm,
  type BlocksOf,
  l2Of,
  lp,
  maxOf,
  type Norm,
  norms,
  progressiveRescaling,
  steepestDescent,
  sumOf,
  weighted,
} from "../../src/index.js";
import { boundOptimizer } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { oneRow } from "../support/normSubject.js";

type Case = readonly [vector: string, diagonal: readonly number[] | null, radius: number, result: readonly number[]];

/** Golden values by rational arithmetic, every case checked against its optimality conditions: golden/l1Ball.py. */
const golden: { readonly vectors: Readonly<Record<string, readonly number[]>>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../golden/l1Ball.json", import.meta.url), "utf8"),
);

/** Two matrices: 3 x 4 and 1 x 5. */
const twoBlocks: BlocksOf = () => [
  { offset: 0, rows: 3, columns: 4 },
  { offset: 12, rows: 1, columns: 5 },
];
const wide = Array.from({ length: 17 }, (_, i) => 10 ** (((5 * i) % 17) - 8));
const members: readonly Norm[] = [
  ...Object.values(norms),
  ...[1.00001, 1.01, 1.5, 2, 3, 100, 1e4, 1e8].map(lp),
  maxOf([norms.spectral, norms.linf], [1, 0.5]),
  sumOf([norms.nuclear, norms.l1], [2, 3]),
  sumOf([lp(1.001), lp(3)]),
  sumOf([lp(1e4), norms.rowMax], [1e-3, 1]),
  l2Of([norms.spectral, norms.l2], [0.25, 4]),
  l2Of([lp(1.01), lp(1000)]),
  l2Of([norms.linf, norms.colSum], [1e3, 1]),
  weighted(norms.l1, wide),
  weighted(norms.l2, wide),
  weighted(norms.linf, wide),
];
const [wideFirst, wideSecond] = [wide.slice(0, 12), Array.from({ length: 5 }, (_, i) => 10 ** (4 * i - 8))];
const inCombinations = [
  l2Of([weighted(norms.linf, wideFirst), weighted(norms.l1, wideSecond)]),
  l2Of([weighted(norms.l2, wideFirst), lp(1.01)]),
  sumOf([weighted(norms.l1, wideFirst), norms.linf]),
  sumOf([weighted(norms.l2, wideFirst), weighted(norms.linf, wideSecond)]),
  maxOf([weighted(norms.l1, wideFirst), lp(1e4)]),
].flatMap((norm) => [norm, norm.dual]);
const both = members.flatMap((norm) => (norm.dual === norm ? [norm] : [norm, norm.dual]));

const points: Readonly<Record<string, Float64Array>> = {
  scattered: Float64Array.from({ length: 17 }, (_, i) => ((7 * i) % 17) - 8.25),
  tied: Float64Array.from({ length: 17 }, (_, i) => (i % 3 ? 1.5 : -1.5)),
  nearlyTied: Float64Array.from({ length: 17 }, (_, i) => (i % 2 ? 1 : -1) * (1 + i * 1e-13)),
  graded: Float64Array.from({ length: 17 }, (_, i) => (i % 2 ? 1 : -1) * 10 ** -i),
  large: Float64Array.from({ length: 17 }, (_, i) => (((5 * i) % 17) - 8.5) * 1e150),
};
const shares = [1e-15, 1e-12, 1e-6, 1e-3, 0.5, 0.99];

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);

describe.each(hosts)("projections onto balls that are small beside x, on the $host", ({ kernels }) => {
  describe.each(both.map((norm) => [norm.id, norm] as const))("%s", (_id, norm) => {
    const subject: ArrayNorm = arrayNorm(norm, kernels, twoBlocks);

    test.each(Object.entries(points))("the norm of the projection of %s points is the radius, within 1e-13 of it", (_name, x) => {
      for (const share of shares) {
        const radius = share * subject.norm(x);
        expect(Math.abs(subject.norm(subject.projectBall(x, radius)) / radius - 1), `share ${share}`).toBeLessThanOrEqual(1e-13);
      }
    });

    test.each(Object.entries(points))("no point of the ball is nearer to %s points", (_name, x) => {
      const scale = x.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
      const unit = x.map((v) => v / scale);
      for (const share of shares) {
        const radius = share * subject.norm(unit);
        const u = subject.projectBall(unit, radius);
        const rest = unit.map((v, i) => v - u[i]!);
        // <x - u, v - u> <= 0 at the extreme point v; both products are at most radius ||x - u||_*, and x - u is rounded at the size of x
        const farthest = radius * subject.dualNorm(rest);
        expect(farthest - dot(rest, u), `share ${share}`).toBeLessThanOrEqual(1e-13 * radius * subject.dualNorm(unit));
      }
    });
  });

  test.each(both.map((norm) => [norm.id, norm] as const))(
    "progressive rescaling holds the norm of a θ far smaller than its step: %s",
    (_id, norm) => {
      const shape = { length: 17, blocks: twoBlocks(17) };
      const subject = arrayNorm(norm, kernels, twoBlocks);
      const optimizer = progressiveRescaling(steepestDescent({ norm, normalized: true }), { period: 100, growth: 2 });
      const bench = boundOptimizer(optimizer, shape, kernels);
      const start = points.scattered!.map((v) => 1e-12 * v);
      bench.theta.set(start);
      const radius = subject.norm(bench.theta);
      for (const ghat of [points.nearlyTied!, points.graded!, points.scattered!.map((v) => -v)]) {
        const moved = bench.theta.map((v, i) => v + subject.norm(points.scattered!) * subject.lmo(ghat)[i]!);
        bench.aim(0, ghat);
        bench.move({ size: subject.norm(points.scattered!), logScale: 0 });
        expect([...bench.theta]).toEqual([...subject.projectBall(moved, radius)]);
        expect(Math.abs(subject.norm(bench.theta) / radius - 1)).toBeLessThanOrEqual(1e-13);
      }
    },
  );

  test.each(inCombinations.map((norm) => [norm.id, norm] as const))(
    "diagonals of sixteen decades inside a combination: %s",
    (_id, norm) => {
      const subject = arrayNorm(norm, kernels, twoBlocks);
      for (const x of [points.tied!, points.graded!, points.scattered!.map((v) => v / 8.25)]) {
        for (const share of shares.slice(1)) {
          const radius = share * subject.norm(x);
          const u = subject.projectBall(x, radius);
          expect(Math.abs(subject.norm(u) / radius - 1), `share ${share}`).toBeLessThanOrEqual(1e-13);
          // an entry is known to ε xᵢ, which an entry of the largest weight turns into up to 10^8 ε of the radius
          const rest = x.map((v, i) => v - u[i]!);
          expect(radius * subject.dualNorm(rest) - dot(rest, u), `share ${share}`).toBeLessThanOrEqual(1e-8 * radius * subject.dualNorm(x));
        }
      }
    },
  );

  test("l1 and weighted l1 agree with rational arithmetic, every dᵢ uᵢ within 1e-13 of the radius", () => {
    for (const [vector, diagonal, radius, expected] of golden.cases) {
      const x = Float64Array.from(golden.vectors[vector]!);
      const norm = diagonal ? weighted(norms.l1, diagonal) : norms.l1;
      const found = arrayNorm(norm, kernels, oneRow).projectBall(x, radius);
      for (const [i, value] of found.entries()) {
        const error = (diagonal?.[i] ?? 1) * Math.abs(value - expected[i]!);
        expect(error, `${vector}[${i}], ${norm.id}, radius ${radius}: ${value}, exactly ${expected[i]}`).toBeLessThanOrEqual(
          1e-13 * radius,
        );
      }
    }
  });
});
