import type { KernelFunctions } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { firstLargest, type PoolShape, windows } from "../support/naivePool.js";
import { firstDifference, roundingValues } from "../support/naiveProduct.js";
import { input, number, output } from "../support/recipes/recipe.js";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Every small shape: windows of 1 to 5, strides of 1 to 3, images up to 5 rows or columns larger than a window. */
const shapes: readonly PoolShape[] = range(1, 5).flatMap((size) =>
  range(1, 3).flatMap((stride) =>
    range(size, size + 5).flatMap((height) => range(size, size + 5).map((width) => ({ n: 2, channels: 2, height, width, size, stride }))),
  ),
);

/** Few values, so that windows have ties. */
const tied = (length: number): Float64Array => roundingValues(length, 5).map((value) => Math.round(value * 2) / 2);

describe.each(implementations)("%s: pooling", (_, kernels) => {
  const run = (name: keyof KernelFunctions, pieces: readonly Float64Array[], length: number, ...numbers: number[]): Float64Array =>
    call(kernels, name, [...pieces.map(input), output(length), ...numbers.map(number)], aligned).outputs[0]!;
  const numbersOf = ({ n, channels, height, width, size, stride }: PoolShape) => [n, channels, height, width, size, stride] as const;

  test("equals the definition on every small shape", () => {
    for (const shape of shapes) {
      const numbers = numbersOf(shape);
      const label = numbers.join(" ");
      const entries = shape.n * shape.channels * shape.height * shape.width;
      const of = windows(shape);
      for (const x of [roundingValues(entries, 1), tied(entries)]) {
        const largest = of.map((window) => firstLargest(window.map((i) => x[i]!)));
        const z = run("maxPoolForward", [x], of.length, ...numbers);
        expect(firstDifference(z, f64(...largest.map(({ value }) => value))), `maxPoolForward ${label}`).toBeUndefined();

        const dz = roundingValues(of.length, 2);
        const dx = new Float64Array(entries);
        for (const [w, { at }] of largest.entries()) dx[of[w]![at]!]! += dz[w]!;
        expect(firstDifference(run("maxPoolBackward", [x, z, dz], entries, ...numbers), dx), `maxPoolBackward ${label}`).toBeUndefined();
      }

      const x = roundingValues(entries, 3);
      const mean = f64(...of.map((window) => window.reduce((sum, i) => sum + x[i]!, 0) / window.length));
      expect(firstDifference(run("averagePoolForward", [x], of.length, ...numbers), mean), `averagePoolForward ${label}`).toBeUndefined();
      const dz = roundingValues(of.length, 4);
      const dx = new Float64Array(entries);
      for (const [w, window] of of.entries()) for (const i of window) dx[i]! += dz[w]! / window.length;
      expect(firstDifference(run("averagePoolBackward", [dz], entries, ...numbers), dx), `averagePoolBackward ${label}`).toBeUndefined();
    }
  });

  test("by hand: the remainder is dropped, ties go to the first, overlapping windows add", () => {
    const x = f64(1, 5, 5, 0, 5, 2, 9, 9, 9); // three by three
    expect(run("maxPoolForward", [x], 1, 1, 1, 3, 3, 2, 2)).toEqual(f64(5));
    expect(run("maxPoolBackward", [x, f64(5), f64(7)], 9, 1, 1, 3, 3, 2, 2)).toEqual(f64(0, 7, 0, 0, 0, 0, 0, 0, 0));
    expect(run("maxPoolForward", [x], 4, 1, 1, 3, 3, 2, 1)).toEqual(f64(5, 5, 9, 9));
    expect(run("maxPoolBackward", [x, f64(5, 5, 9, 9), f64(1, 2, 3, 4)], 9, 1, 1, 3, 3, 2, 1)).toEqual(f64(0, 3, 0, 0, 0, 0, 3, 4, 0));
    expect(run("averagePoolForward", [x], 1, 1, 1, 3, 3, 2, 2)).toEqual(f64(2.75));
    expect(run("averagePoolBackward", [f64(4, 8, 12, 16)], 9, 1, 1, 3, 3, 2, 1)).toEqual(f64(1, 3, 2, 4, 10, 6, 3, 7, 4));
  });

  test("a NaN shows in its windows and comes back at its place; zeros keep the sign of the first", () => {
    const pair = f64(1, nan, nan, 4, -0, 0, -0, -0);
    const pooled = run("maxPoolForward", [pair], 2, 2, 1, 2, 2, 2, 2);
    expect(pooled).toEqual(f64(nan, -0));
    expect(run("maxPoolBackward", [pair, pooled, f64(7, 8)], 8, 2, 1, 2, 2, 2, 2)).toEqual(f64(0, nan, 0, 0, 8, 0, 0, 0));
  });

  test.each([1, 2, 3, 4, 7, 8])("maxout of %d pieces equals the definition", (pieces) => {
    const [n, units] = [3, 5];
    for (const x of [roundingValues(n * units * pieces, 6), tied(n * units * pieces)]) {
      const rows = Array.from({ length: n * units }, (__, i) => firstLargest([...x.subarray(i * pieces, (i + 1) * pieces)]));
      const z = run("maxoutForward", [x], n * units, n, units, pieces);
      expect(z).toEqual(f64(...rows.map(({ value }) => value)));
      const dz = roundingValues(n * units, 7);
      const dx = new Float64Array(x.length);
      for (const [i, { at }] of rows.entries()) dx[i * pieces + at] = dz[i]!;
      expect(run("maxoutBackward", [x, z, dz], x.length, n, units, pieces)).toEqual(dx);
    }
  });

  test("maxout by hand", () => {
    const x = f64(2, 2, -1, nan, 5, nan, -infinity, -infinity, -infinity);
    const z = run("maxoutForward", [x], 3, 1, 3, 3);
    expect(z).toEqual(f64(2, nan, -infinity));
    expect(run("maxoutBackward", [x, z, f64(1, 2, 3)], 9, 1, 3, 3)).toEqual(f64(1, 0, 0, nan, 0, 0, 3, 0, 0));
  });

  test.each([1, 2, 3, 7, 49])("means of %d pieces equal the definition", (pieces) => {
    const [n, units] = [3, 5];
    const x = roundingValues(n * units * pieces, 8);
    const rows = Array.from({ length: n * units }, (__, i) => x.subarray(i * pieces, (i + 1) * pieces));
    const means = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / pieces);
    expect(run("meanForward", [x], n * units, n, units, pieces)).toEqual(f64(...means));
    const dz = roundingValues(n * units, 9);
    const shares = Float64Array.from(x, (__, i) => dz[Math.floor(i / pieces)]! / pieces);
    expect(run("meanBackward", [dz], x.length, n, units, pieces)).toEqual(shares);
    if (pieces === 49) {
      expect(run("averagePoolForward", [x], n * units, n, units, 7, 7, 7, 7)).toEqual(f64(...means)); // one window of the whole image
      expect(run("averagePoolBackward", [dz], x.length, n, units, 7, 7, 7, 7)).toEqual(shares);
    }
  });
});
