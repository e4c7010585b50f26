import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../support/fuzz.js";
import { binary, implementations, twin } from "../support/implementations.js";
import { roundingValues } from "../support/naiveProduct.js";
import { type Matrix, matrix, roundingUnit, singularValues, thinSvd, violations } from "../support/svdLaws.js";

interface GoldenCase {
  readonly name: string;
  readonly relative: boolean;
  readonly matrix: readonly (readonly number[])[];
  readonly sigma: readonly number[];
}

const golden: GoldenCase[] = JSON.parse(readFileSync(new URL("../golden/singularValues.json", import.meta.url), "utf8")).cases;

/** Entries of both signs between ±½ times powers of two from −4 to 4. */
function rough(rows: number, columns: number, seed = 1): Matrix {
  return { rows, columns, values: roundingValues(rows * columns, seed) };
}

const scaledBy = ({ rows, columns, values }: Matrix, factor: (i: number, j: number) => number): Matrix =>
  matrix(rows, columns, (i, j) => values[i * columns + j]! * factor(i, j));

/** The share of the way from the first of `count` to the last. */
const way = (i: number, count: number): number => (count > 1 ? i / (count - 1) : 0);

/** Sums of `rank` products of vectors of small integers, so that the rank is exact. */
function lowRank(rows: number, columns: number, rank: number): Matrix {
  const left = roundingValues(rows * rank, 5).map((x) => Math.round(3 * x));
  const right = roundingValues(columns * rank, 6).map((x) => Math.round(3 * x));
  return matrix(rows, columns, (i, j) =>
    Array.from({ length: rank }, (_, r) => left[i * rank + r]! * right[j * rank + r]!).reduce((a, b) => a + b, 0),
  );
}

const parity = (bits: number): number => (bits === 0 ? 0 : (bits & 1) ^ parity(bits >> 1));

const kinds: Record<string, (rows: number, columns: number) => Matrix> = {
  "no structure": rough,
  "rank one": (rows, columns) => lowRank(rows, columns, 1),
  "rank three": (rows, columns) => lowRank(rows, columns, 3),
  "all ones": (rows, columns) => matrix(rows, columns, () => 1),
  zero: (rows, columns) => matrix(rows, columns, () => 0),
  "one entry": (rows, columns) => matrix(rows, columns, (i, j) => (i === rows - 1 && j === columns - 1 ? -3 : 0)),
  "a part of an orthogonal matrix": (rows, columns) => matrix(rows, columns, (i, j) => (parity(i & j) ? -0.125 : 0.125)),
  "an identity": (rows, columns) => matrix(rows, columns, (i, j) => (i === j ? 1 : 0)),
  "a signed permutation": (rows, columns) => matrix(rows, columns, (i, j) => (i === columns - 1 - j ? (-1) ** i : 0)),
  "pairs of equal values": (rows, columns) => matrix(rows, columns, (i, j) => (i === j ? 1 + (i >> 1) : 0)),
  "Hilbert's": (rows, columns) => matrix(rows, columns, (i, j) => 1 / (i + j + 1)),
  "Kahan's": (rows, columns) => matrix(rows, columns, (i, j) => (j < i ? 0 : 0.6 ** i * (i === j ? 1 : -0.8))),
  "rows from 1 to 1e-300": (rows, columns) => scaledBy(rough(rows, columns), (i) => 10 ** (-300 * way(i, rows))),
  "columns from 1e-300 to 1": (rows, columns) => scaledBy(rough(rows, columns), (_, j) => 10 ** (-300 * (1 - way(j, columns)))),
  "rows and columns graded": (rows, columns) => scaledBy(rough(rows, columns), (i, j) => 10 ** (-140 * (way(i, rows) + way(j, columns)))),
  "entries near 1e300": (rows, columns) => scaledBy(rough(rows, columns), () => 1e300),
  "subnormal entries": (rows, columns) => scaledBy(rough(rows, columns), () => 2 ** -1060),
  "entries of any magnitude": (rows, columns) => scaledBy(rough(rows, columns), (i, j) => 2 ** (((i * 7919 + j * 104729) % 2000) - 1000)),
};

const edges = [63, 64, 65, 127, 128, 129];

describe.each(implementations)("%s: singular value decomposition", (_, kernels) => {
  test.each(Object.entries(kinds))("%s", (__, make) => {
    const sizes = [1, 2, 3, 4, 5, 8, 13, 31, 32, 33];
    for (const rows of sizes) {
      for (const columns of sizes) {
        const g = make(rows, columns);
        expect(violations(g, thinSvd(kernels, g)), `${rows} x ${columns}`).toEqual([]);
      }
    }
  });

  test.each(golden.map((one) => [one.name, one] as const))("singular values of %s equal those of multiple precision", (__, one) => {
    const g = matrix(one.matrix.length, one.matrix[0]!.length, (i, j) => one.matrix[i]![j]!);
    const { sigma } = singularValues(kernels, g);
    for (const [i, exact] of one.sigma.entries()) {
      const error = Math.abs(sigma[i]! - exact) / (one.relative ? exact : one.sigma[0]!);
      expect(error / roundingUnit(g), `σ${i + 1} = ${sigma[i]}, exactly ${exact}`).toBeLessThanOrEqual(4);
    }
  });

  test("a worked example", () => {
    const { rank, sigma, ut, vt, polar } = thinSvd(
      kernels,
      matrix(2, 3, (i, j) => [0, -3, 0, 4, 0, 0][3 * i + j]!),
    );
    expect({ rank, sigma: [...sigma], polar: [...polar] }).toEqual({ rank: 2, sigma: [4, 3], polar: [0, -1, 0, 1, 0, 0] });
    expect([...ut, ...vt].map((x) => x + 0)).toEqual([0, 1, 1, 0, 1, 0, 0, 0, -1, 0]);
  });

  test("empty matrices have no singular values", () => {
    for (const [rows, columns] of [
      [0, 0],
      [0, 5],
      [5, 0],
    ] as const) {
      const g = matrix(rows, columns, () => 0);
      expect(thinSvd(kernels, g)).toMatchObject({ rank: 0, sigma: new Float64Array(0), polar: new Float64Array(0) });
    }
  });

  test("the numerical rank leaves out what rounding alone can make", () => {
    expect(thinSvd(kernels, lowRank(20, 30, 3)).rank).toBe(3);
    const diagonal = (...values: number[]) => matrix(values.length, values.length, (i, j) => (i === j ? values[i]! : 0));
    expect(singularValues(kernels, diagonal(1, 2 ** -51, 2 ** -50)).rank).toBe(2); // 3 ε = 1.5 · 2^-51
    expect(singularValues(kernels, diagonal(2 ** 900, 2 ** -900)).rank).toBe(1);
    expect(singularValues(kernels, diagonal(5e-324, 5e-324)).rank).toBe(2);
  });

  test("a NaN or an infinity anywhere makes everything NaN", () => {
    for (const special of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const [rows, columns, position] of [
        [3, 5, 14],
        [5, 3, 0],
        [1, 4, 2],
        [6, 6, 17],
      ] as const) {
        const g = rough(rows, columns);
        g.values[position] = special;
        const { rank, ...vectors } = thinSvd(kernels, g);
        expect(rank).toBe(Math.min(rows, columns));
        for (const values of Object.values(vectors)) expect(values.every(Number.isNaN)).toBe(true);
        expect(singularValues(kernels, g).sigma.every(Number.isNaN)).toBe(true);
      }
    }
  });

  test("singular values that overflow are infinite, their vectors are not", () => {
    const g = matrix(4, 4, () => Number.MAX_VALUE);
    const { sigma, ut, vt, rank } = thinSvd(kernels, g);
    expect(sigma[0]).toBe(Number.POSITIVE_INFINITY);
    expect([...ut.subarray(0, 4), ...vt.subarray(0, 4)].every((x) => Math.abs(x - 0.5) < 1e-15)).toBe(true);
    expect(rank).toBe(1);
  });
});

describe("binary: singular value decomposition", () => {
  test("every size from 0 to 67", () => {
    for (let size = 0; size <= 67; size++) {
      for (const other of new Set([1, 7, size >> 1, size, 67])) {
        for (const [rows, columns] of [
          [size, other],
          [other, size],
        ] as const) {
          const g = rough(rows, columns, 67 * rows + columns);
          expect(violations(g, thinSvd(binary, g)), `${rows} x ${columns}`).toEqual([]);
        }
      }
    }
  });

  test("around powers of two", () => {
    for (const size of edges) {
      for (const other of [16, 65, size]) {
        const g = rough(size, other);
        expect(violations(g, thinSvd(binary, g), 5), `${size} x ${other}`).toEqual([]);
      }
    }
  });

  test("the twin has the same bits past the blocks", () => {
    for (const [name, make] of Object.entries(kinds)) {
      for (const [rows, columns] of [
        [40, 67],
        [67, 40],
        [65, 65],
      ] as const) {
        const g = make(rows, columns);
        expect(thinSvd(twin, g), `${name}, ${rows} x ${columns}`).toEqual(thinSvd(binary, g));
      }
    }
  });

  test("singularValues gives the bits of thinSvd", () => {
    for (const make of Object.values(kinds)) {
      for (const [rows, columns] of [
        [11, 17],
        [17, 11],
        [33, 33],
      ] as const) {
        const { rank, sigma } = thinSvd(binary, make(rows, columns));
        expect(singularValues(binary, make(rows, columns))).toEqual({ rank, sigma });
      }
    }
  });

  test("random matrices of every kind", () => {
    const size = fc.integer({ min: 1, max: 40 });
    const cases = fc.record({ rows: size, columns: size, kind: fc.constantFrom(...Object.values(kinds)), seed: fc.nat() });
    fc.assert(
      fc.property(cases, ({ rows, columns, kind, seed }) => {
        const noise = roundingValues(rows * columns, seed);
        const base = kind(rows, columns);
        const g = scaledBy(base, (i, j) => (seed % 3 === 0 ? 1 : noise[i * columns + j]! >= 0 ? 1 : 0.5));
        expect(violations(g, thinSvd(binary, g))).toEqual([]);
      }),
      runs(300),
    );
  });

  test("transposing swaps the vectors up to the sign of a pair", () => {
    const g = rough(9, 14);
    const t = matrix(14, 9, (i, j) => g.values[j * 14 + i]!);
    const [a, b] = [thinSvd(binary, g), thinSvd(binary, t)];
    expect(b.sigma).toEqual(a.sigma);
    expect(b.ut.map(Math.abs)).toEqual(a.vt.map(Math.abs));
    expect(b.vt.map(Math.abs)).toEqual(a.ut.map(Math.abs));
  });

  test("a power of two scales the singular values and leaves the vectors alone", () => {
    const g = rough(12, 7);
    const a = thinSvd(binary, g);
    const b = thinSvd(
      binary,
      scaledBy(g, () => 2 ** -700),
    );
    expect(b).toEqual({ ...a, sigma: a.sigma.map((value) => value * 2 ** -700) });
  });
});
