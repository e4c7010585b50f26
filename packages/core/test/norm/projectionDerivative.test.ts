import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { bindNormIn, l2Of, lp, type MatrixBlock, maxOf, type Norm, norms, planNorm, sumOf } from "../../src/index.js";
import { hosts } from "../support/hosts.js";

const members: readonly Norm[] = [...Object.values(norms), ...[1.05, 1.5, 3, 40].map(lp)].flatMap((norm) => [norm, norm.dual]);

/** Norms of two matrices. */
const combinations: readonly Norm[] = [
  [norms.l2, lp(3)],
  [lp(1.2), lp(5)],
  [norms.spectral, norms.l2],
  [norms.nuclear, lp(1.5)],
  [norms.l1, norms.linf],
].flatMap((pair) => [sumOf(pair), sumOf(pair, [0.5, 2]), l2Of(pair), l2Of(pair, [0.5, 2]), maxOf(pair), maxOf(pair, [0.5, 2])]);

const layouts: Readonly<Record<string, readonly MatrixBlock[]>> = {
  "one row": [{ offset: 0, rows: 1, columns: 6 }],
  wide: [{ offset: 0, rows: 3, columns: 5 }],
  tall: [{ offset: 0, rows: 5, columns: 2 }],
  "two matrices": [
    { offset: 0, rows: 3, columns: 4 },
    { offset: 12, rows: 2, columns: 2 },
  ],
};

/** Entries between -1 and 1, none of them 0. */
const scattered = (length: number, factor: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => ((((i + 3) * factor) % 101) - 50.3) / 51);

/** The first row and column of every matrix, as a matrix of rank one. */
const rankOneIn = (blocks: readonly MatrixBlock[], z: Float64Array): Float64Array => {
  const out = z.slice();
  for (const { offset, rows, columns } of blocks) {
    for (let i = 0; i < rows * columns; i++) out[offset + i] = z[offset + (i % columns)]! * z[offset + Math.floor(i / columns) * columns]!;
  }
  return out;
};

function bound(norm: Norm, kernels: KernelFactory, blocks: readonly MatrixBlock[]) {
  const length = blocks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const plan = new ArenaPlan().span(length).span(length);
  planNorm(plan, norm, { length, blocks });
  const arena = plan.allocate(kernels);
  const [x, out] = [arena.span(length), arena.span(length)];
  const functions = bindNormIn(arena, norm, { length, blocks });
  return {
    length,
    value: (v: Float64Array) => {
      x.view.set(v);
      return functions.norm(x);
    },
    project: (v: Float64Array, radius: number) => {
      x.view.set(v);
      functions.projectBall(x, out, radius);
      return out.view.slice();
    },
    derivative: (v: Float64Array, radius: number) => {
      x.view.set(v);
      return functions.projectionDerivative?.(x, radius);
    },
    /** The projection that comes with the derivative, where one does. */
    along: (v: Float64Array, radius: number) => {
      if (!functions.projectsAlong) return undefined;
      x.view.set(v);
      functions.projectionDerivative!(x, radius, out);
      return out.view.slice();
    },
  };
}

describe.each(hosts)("the derivative of the projection onto a ball, on the $host", ({ kernels }) => {
  test.each(Object.entries(layouts))("is that of differences, symmetric and a contraction: %s", (_, blocks) => {
    let known = 0;
    for (const norm of blocks.length === 2 ? [...members, ...combinations] : members) {
      const { length, value, project, derivative, along } = bound(norm, kernels, blocks);
      const x = scattered(length, 37);
      const low = x.slice(); // of rank 1 in the first matrix
      const [{ columns: width, rows: height }] = [blocks[0]!];
      for (let i = 0; i < height * width; i++) low[i] = x[i % width]! * (1 + Math.floor(i / width));
      for (const [point, share] of [
        [x, 0.3],
        [x, 0.8],
        [x, 1.5],
        [low, 0.4],
      ] as const) {
        const radius = share * value(point);
        const map = derivative(point, radius);
        if (!map) continue;
        known += 1;
        const ofBoth = along(point, radius);
        if (ofBoth) expect(ofBoth, norm.id).toEqual(project(point, radius));
        const [y, z] = [scattered(length, 53), scattered(length, 71)];
        const [ofY, ofZ] = [new Float64Array(length), new Float64Array(length)];
        map(y, ofY);
        map(z, ofZ);
        const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
        expect(Math.abs(dot(ofY, z) - dot(y, ofZ)), norm.id).toBeLessThan(1e-11 * length);
        expect(dot(ofZ, z), norm.id).toBeGreaterThan(-1e-11);
        expect(dot(ofZ, ofZ), norm.id).toBeLessThan(dot(ofZ, z) + 1e-11 * length);
        if (map.products) {
          const vectors = [53, 71, 17].map((factor) => rankOneIn(blocks, scattered(length, factor)));
          const products = map.products(vectors)!;
          for (const [i, one] of vectors.entries()) {
            map(one, ofY);
            for (const [j, other] of vectors.entries())
              expect(Math.abs(products[i]![j]! - dot(ofY, other)), norm.id).toBeLessThan(1e-11 * length);
          }
          // a single block of one row or column is always of rank one
          if ([norms.spectral, norms.nuclear].includes(norm) && blocks.every(({ rows, columns }) => Math.min(rows, columns) > 1))
            expect(map.products([y])).toBeUndefined();
        }
        if (point === low) continue; // a kink, where only the limits from sides are derivatives
        const step = 2 ** -18;
        const moved = (sign: number) =>
          project(
            point.map((v, i) => v + sign * step * z[i]!),
            radius,
          );
        const [ahead, behind] = [moved(1), moved(-1)];
        // truncation step² times a third derivative, of exponents near 1 up to 1 / (p - 1)²; rounding 1e-13 / step
        for (let i = 0; i < length; i++) {
          expect(Math.abs(ofZ[i]! - (ahead[i]! - behind[i]!) / (2 * step)), `${norm.id} at ${share}, entry ${i}`).toBeLessThan(1e-6);
        }
      }
    }
    expect(known).toBeGreaterThanOrEqual(4 * 8);
  });
});
