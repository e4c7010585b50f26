import type { Pointer, VectorKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { power } from "../scalar/power.js";

type Sums = Pick<VectorKernels, "dot" | "sumAbs" | "sumSquares" | "sumPower" | "rowSumAbs" | "rowSumSquares" | "rowEuclidean">;
type Extremes = Pick<VectorKernels, "maxAbs" | "argmaxAbs" | "minimum" | "rowMaxAbs">;

function dot(f64: Float64Array, x: Pointer, y: Pointer, n: number): number {
  const offset = (y >>> 3) - (x >>> 3);
  let i = x >>> 3;
  const end = i + n;
  const blockEnd = i + (n & ~3);
  let [lane0, lane1, lane2, lane3] = [0, 0, 0, 0];
  for (; i < blockEnd; i += 4) {
    lane0 += f64[i]! * f64[offset + i]!;
    lane1 += f64[i + 1]! * f64[offset + i + 1]!;
    lane2 += f64[i + 2]! * f64[offset + i + 2]!;
    lane3 += f64[i + 3]! * f64[offset + i + 3]!;
  }
  let sum = lane0 + lane2 + (lane1 + lane3);
  for (; i < end; i++) sum += f64[i]! * f64[offset + i]!;
  return sum;
}

export function sumAbs(f64: Float64Array, x: Pointer, n: number): number {
  let i = x >>> 3;
  const end = i + n;
  const blockEnd = i + (n & ~3);
  let [lane0, lane1, lane2, lane3] = [0, 0, 0, 0];
  for (; i < blockEnd; i += 4) {
    lane0 += Math.abs(f64[i]!);
    lane1 += Math.abs(f64[i + 1]!);
    lane2 += Math.abs(f64[i + 2]!);
    lane3 += Math.abs(f64[i + 3]!);
  }
  let sum = lane0 + lane2 + (lane1 + lane3);
  for (; i < end; i++) sum += Math.abs(f64[i]!);
  return sum;
}

export function sumSquares(f64: Float64Array, x: Pointer, n: number, scale: number): number {
  let i = x >>> 3;
  const end = i + n;
  const blockEnd = i + (n & ~3);
  let [lane0, lane1, lane2, lane3] = [0, 0, 0, 0];
  for (; i < blockEnd; i += 4) {
    lane0 += (scale * f64[i]!) ** 2;
    lane1 += (scale * f64[i + 1]!) ** 2;
    lane2 += (scale * f64[i + 2]!) ** 2;
    lane3 += (scale * f64[i + 3]!) ** 2;
  }
  let sum = lane0 + lane2 + (lane1 + lane3);
  for (; i < end; i++) sum += (scale * f64[i]!) ** 2;
  return sum;
}

function sumPower(f64: Float64Array, x: Pointer, n: number, divisor: number, exponent: number): number {
  let i = x >>> 3;
  const end = i + n;
  const blockEnd = i + (n & ~3);
  let [lane0, lane1, lane2, lane3] = [0, 0, 0, 0];
  for (; i < blockEnd; i += 4) {
    lane0 += power(Math.abs(f64[i]!) / divisor, exponent);
    lane1 += power(Math.abs(f64[i + 1]!) / divisor, exponent);
    lane2 += power(Math.abs(f64[i + 2]!) / divisor, exponent);
    lane3 += power(Math.abs(f64[i + 3]!) / divisor, exponent);
  }
  let sum = lane0 + lane2 + (lane1 + lane3);
  for (; i < end; i++) sum += power(Math.abs(f64[i]!) / divisor, exponent);
  return sum;
}

/** Sums in four lanes, combined as (lane0 + lane2) + (lane1 + lane3), then the tail. */
export function sumKernels({ f64 }: Memory): Sums {
  return {
    dot: (x, y, n) => dot(f64, x, y, n),
    sumAbs: (x, n) => sumAbs(f64, x, n),
    sumSquares: (x, n, scale) => sumSquares(f64, x, n, scale),
    sumPower: (x, n, divisor, exponent) => sumPower(f64, x, n, divisor, exponent),
    rowSumAbs(x, out, rows, columns) {
      for (let i = 0; i < rows; i++) f64[(out >>> 3) + i] = sumAbs(f64, x + 8 * i * columns, columns);
    },
    rowSumSquares(x, out, rows, columns) {
      for (let i = 0; i < rows; i++) f64[(out >>> 3) + i] = sumSquares(f64, x + 8 * i * columns, columns, 1);
    },
    rowEuclidean(x, out, rows, columns) {
      for (let i = 0; i < rows; i++) f64[(out >>> 3) + i] = Math.sqrt(sumSquares(f64, x + 8 * i * columns, columns, 1));
    },
  };
}

/** Maxima and minima do not depend on the order; Math.max and Math.min treat NaN and −0 as the binary does. */
export function extremeKernels({ f64 }: Memory): Extremes {
  const maxAbs: Extremes["maxAbs"] = (x, n) => {
    const start = x >>> 3;
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(f64[start + i]!));
    return largest;
  };

  return {
    maxAbs,
    argmaxAbs(x, n) {
      const start = x >>> 3;
      let [best, largest] = [-1, -1];
      for (let i = 0; i < n; i++) {
        const magnitude = Math.abs(f64[start + i]!);
        if (Number.isNaN(magnitude)) return i;
        if (magnitude > largest) [best, largest] = [i, magnitude];
      }
      return best;
    },
    minimum(x, n) {
      const start = x >>> 3;
      let smallest = Number.POSITIVE_INFINITY;
      for (let i = 0; i < n; i++) smallest = Math.min(smallest, f64[start + i]!);
      return smallest;
    },
    rowMaxAbs(x, out, rows, columns) {
      for (let i = 0; i < rows; i++) f64[(out >>> 3) + i] = maxAbs(x + 8 * i * columns, columns);
    },
  };
}
