import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { implementations } from "../support/implementations.js";
import { inout, input, number, output } from "../support/recipes/recipe.js";

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

describe.each(implementations)("%s: vector kernels by hand", (_, kernels) => {
  const returned = (name: "sumAbs" | "maxAbs" | "argmaxAbs" | "minimum", ...x: number[]) =>
    call(kernels, name, [input(f64(...x)), number(x.length)], aligned).returned;

  test("scale, axpy and axpby", () => {
    const x = f64(1, -2, 3, 4, 5);
    const y = f64(10, 20, 30, 40, 50);
    const count = number(5);
    expect(call(kernels, "scale", [input(x), output(5), count, number(2)], aligned).outputs[0]).toEqual(f64(2, -4, 6, 8, 10));
    expect(call(kernels, "axpy", [input(x), inout(y), count, number(2)], aligned).outputs[0]).toEqual(f64(12, 16, 36, 48, 60));
    const mixed = call(kernels, "axpby", [input(x), inout(y), count, number(2), number(0.5)], aligned).outputs[0];
    expect(mixed).toEqual(f64(7, 6, 21, 28, 35));
  });

  test("axpy rounds the product before the sum", () => {
    const x = 1 + 2 ** -30;
    const rounded = x * x - (1 + 2 ** -29); // 0: the 2^-60 of the square is lost; a fused product would keep it
    const [y] = call(kernels, "axpy", [input(f64(x)), inout(f64(-(1 + 2 ** -29))), number(1), number(x)], aligned).outputs;
    expect(y).toEqual(f64(rounded));
    expect(rounded).toBe(0);
  });

  test("sums run in four lanes, then the tail", () => {
    const big = 2 ** 53;
    const dotOnes = (...x: number[]) =>
      call(kernels, "dot", [input(f64(...x)), input(new Float64Array(x.length).fill(1)), number(x.length)], aligned).returned;
    expect(dotOnes(big, -big, 1, 0)).toBe(0); // (big + 1) + (-big + 0): the 1 is lost
    expect(dotOnes(big, 1, -big, 0, 0, 1)).toBe(2); // (big - big) + (1 + 0), then 0 and 1
    expect(returned("sumAbs", big, 1, 0, 1, 0, 1, 0, 0)).toBe(big + 2 + 2); // big + (2 + 1): the tie goes to even
    expect(returned("sumAbs", big, 0, 0, 0, 1, 1)).toBe(big); // the tail is added one by one
    expect(call(kernels, "sumSquares", [input(f64(3, 4, 0, 0, 12)), number(5), number(0.5)], aligned).returned).toBe(42.25);
  });

  test("the lowest index wins a tie, a NaN wins over everything", () => {
    expect(returned("argmaxAbs", 1, -3, 3, 2, -3)).toBe(1);
    expect(returned("argmaxAbs", 1, Number.POSITIVE_INFINITY, Number.NaN, 2)).toBe(2);
    expect(returned("argmaxAbs", 0, 0)).toBe(0);
    expect(returned("argmaxAbs")).toBe(-1);
  });

  test("extremes of an empty vector and of NaN", () => {
    expect([returned("maxAbs"), returned("minimum"), returned("sumAbs")]).toEqual([0, Number.POSITIVE_INFINITY, 0]);
    expect([returned("maxAbs", 1, Number.NaN, 2), returned("minimum", 1, Number.NaN, 2)]).toEqual([Number.NaN, Number.NaN]);
    expect(returned("minimum", 0, -0, 0)).toBe(-0);
  });

  test("rows are reduced and scaled one by one", () => {
    const x = f64(1, -2, 2, 4, 5, -6);
    const shape = [number(2), number(3)];
    expect(call(kernels, "rowSumAbs", [input(x), output(2), ...shape], aligned).outputs[0]).toEqual(f64(5, 15));
    expect(call(kernels, "rowMaxAbs", [input(x), output(2), ...shape], aligned).outputs[0]).toEqual(f64(2, 6));
    expect(call(kernels, "rowSumSquares", [input(x), output(2), ...shape], aligned).outputs[0]).toEqual(f64(9, 77));
    const scaled = call(kernels, "scaleRows", [input(x), input(f64(2, -1)), output(6), ...shape], aligned).outputs[0];
    expect(scaled).toEqual(f64(2, -4, 4, -4, -5, 6));
  });

  test("rowEuclidean is the root of the sum of squares", () => {
    const shape = [number(2), number(3)];
    expect(call(kernels, "rowEuclidean", [input(f64(1, -2, 2, 4, 0, -3)), output(2), ...shape], aligned).outputs[0]).toEqual(f64(3, 5));
    expect(call(kernels, "rowEuclidean", [input(f64()), output(2), number(2), number(0)], aligned).outputs[0]).toEqual(f64(0, 0));
  });

  test("transpose moves every entry of every shape, past the blocks", () => {
    for (const [rows, columns] of [
      [2, 3],
      [1, 5],
      [5, 1],
      [8, 8],
      [9, 7],
      [17, 20],
      [19, 33],
      [0, 4],
    ] as const) {
      const x = Float64Array.from({ length: rows * columns }, (_, i) => i);
      const expected = Float64Array.from({ length: rows * columns }, (_, i) => (i % rows) * columns + Math.floor(i / rows));
      const [transposed] = call(kernels, "transpose", [input(x), output(x.length), number(rows), number(columns)], aligned).outputs;
      expect(transposed, `${rows} x ${columns}`).toEqual(expected);
    }
  });

  test("decayHypot neither overflows nor underflows, and shows a diverged run", () => {
    const r = (x: number[], root: number[], decay = 1, gain = 1) =>
      call(kernels, "decayHypot", [input(f64(...x)), inout(f64(...root)), number(x.length), number(decay), number(gain)], aligned)
        .outputs[0];
    expect(r([3, 0, 4e-320, 3e300], [4, 0, 0, 4e300])).toEqual(f64(5, 0, 4e-320, 5e300));
    expect(r([3, 3], [8, 8], 0.5, -1)).toEqual(f64(5, 5));
    expect(r([Number.POSITIVE_INFINITY, 1, Number.NaN], [1, Number.POSITIVE_INFINITY, 0])).toEqual(f64(Number.NaN, Number.NaN, Number.NaN));
  });

  test("adamDirection points downhill, and 0/0 is 0", () => {
    const step = (m: number[], r: number[], epsilon: number) =>
      call(
        kernels,
        "adamDirection",
        [input(f64(...m)), input(f64(...r)), output(m.length), number(m.length), number(2), number(4), number(epsilon)],
        aligned,
      ).outputs[0];
    expect(step([1, -1, 0], [0.5, 0.25, 0], 0)).toEqual(f64(-1, 2, 0));
    expect(step([3], [0.5], 1)).toEqual(f64(-2));
    expect(step([3, 0], [1, 1], Number.POSITIVE_INFINITY)).toEqual(f64(-0, 0));
  });
});
