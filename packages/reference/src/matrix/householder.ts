import { exponent, powerOfTwo } from "../scalar/bits.js";

/** Σ fl(xᵢ yᵢ), four lanes, for positions in elements. */
export function dotAt(data: Float64Array, x: number, y: number, n: number): number {
  const offset = y - x;
  const blockEnd = x + (n & ~3);
  let i = x;
  let lane0 = 0;
  let lane1 = 0;
  let lane2 = 0;
  let lane3 = 0;
  for (; i < blockEnd; i += 4) {
    lane0 += data[i]! * data[offset + i]!;
    lane1 += data[i + 1]! * data[offset + i + 1]!;
    lane2 += data[i + 2]! * data[offset + i + 2]!;
    lane3 += data[i + 3]! * data[offset + i + 3]!;
  }
  let sum = lane0 + lane2 + (lane1 + lane3);
  for (const end = x + n; i < end; i++) sum += data[i]! * data[offset + i]!;
  return sum;
}

/** maxᵢ |xᵢ|. */
export function maxAbsAt(data: Float64Array, x: number, n: number): number {
  let largest = 0;
  for (let i = x; i < x + n; i++) largest = Math.max(largest, Math.abs(data[i]!));
  return largest;
}

/** ‖x‖₂ without overflow or underflow on the way: squares of x scaled by a power of two, four lanes. */
export function euclidean(data: Float64Array, x: number, n: number): number {
  const largest = maxAbsAt(data, x, n);
  if (largest === 0) return 0;
  const scale = powerOfTwo(-Math.max(exponent(largest), -1022));
  const blockEnd = x + (n & ~3);
  let i = x;
  let [lane0, lane1, lane2, lane3] = [0, 0, 0, 0];
  for (; i < blockEnd; i += 4) {
    lane0 += (scale * data[i]!) ** 2;
    lane1 += (scale * data[i + 1]!) ** 2;
    lane2 += (scale * data[i + 2]!) ** 2;
    lane3 += (scale * data[i + 3]!) ** 2;
  }
  let sum = lane0 + lane2 + (lane1 + lane3);
  for (; i < x + n; i++) sum += (scale * data[i]!) ** 2;
  return Math.sqrt(sum) / scale;
}

/** The result β e₁ of a reflector I − τ v vᵀ on its vector. */
export interface Reflection {
  readonly beta: number;
  readonly tau: number;
}

/** The twin of `makeReflector` in `assembly/matrix/householder.ts`: x ← v with v₀ = 1. */
export function makeReflector(data: Float64Array, x: number, n: number): Reflection {
  const length = euclidean(data, x, n);
  if (length === 0) return { beta: 0, tau: 0 };
  const alpha = data[x]!;
  const beta = alpha < 0 ? length : -length;
  const denominator = alpha - beta;
  data[x] = 1;
  for (let i = x + 1; i < x + n; i++) data[i] = data[i]! / denominator;
  return { beta, tau: denominator / -beta };
}

/** The twin of `applyReflector`: every strand ← (I − τ v vᵀ) strand. */
export function applyReflector(
  data: Float64Array,
  v: number,
  n: number,
  tau: number,
  strands: number,
  stride: number,
  count: number,
): void {
  for (let j = 0, x = strands; j < count; j++, x += stride) {
    const factor = -(tau * dotAt(data, v, x, n));
    for (let i = 0; i < n; i++) data[x + i] = data[x + i]! + factor * data[v + i]!;
  }
}
