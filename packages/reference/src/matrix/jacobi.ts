import type { Memory } from "../memory.js";
import { exponent, powerOfTwo } from "../scalar/bits.js";
import { dotAt, maxAbsAt } from "./householder.js";

const maxSweeps = 40;
/**
 * Largest difference of exponents in a rotation: strands further apart are rotated as if they were 2⁴⁰⁰ apart, which changes no bit, and no square overflows.
 */
const widest = 400;
/** Share of a squared norm below which it is summed afresh. */
const cancellation = 0.0625;

/** Positions of the pieces of memory of `jacobi`, in elements of f64, `exponents` of i32. */
export interface Strands {
  /** [count][length] */
  readonly x: number;
  /** [count][count], or −1 */
  readonly basis: number;
  readonly count: number;
  readonly length: number;
  readonly squares: number;
  readonly exponents: number;
}

/** The twin of `assembly/matrix/jacobi.ts`. */
export function jacobi(memory: Memory, strands: Strands): void {
  const { f64, i32 } = memory;
  const { x, count, length, squares, exponents } = strands;
  const tolerance = 2 ** -104 * length;
  i32.fill(0, exponents, exponents + count);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    for (let p = 0; p < count; p++) normalize(memory, strands, p);
    let rotations = 0;
    for (let p = 0; p < count; p++) {
      for (let q = p + 1; q < count; q++) {
        const product = dotAt(f64, x + p * length, x + q * length, length);
        if (product * product > tolerance * (f64[squares + p]! * f64[squares + q]!)) {
          rotatePair(memory, strands, p, q, product);
          rotations++;
        }
      }
    }

    if (rotations === 0) return;
  }
  for (let p = 0; p < count; p++) normalize(memory, strands, p);
}

/** Strand p ← strand p · 2^−e with its largest entry in [1, 2), e added to its exponent; its squared norm. */
function normalize({ f64, i32 }: Memory, { x, length, squares, exponents }: Strands, p: number): void {
  const strand = x + p * length;
  const largest = maxAbsAt(f64, strand, length);
  if (largest > 0) {
    const e = exponent(largest);
    const half = -e >> 1;
    const [first, second] = [powerOfTwo(half), powerOfTwo(-e - half)];
    for (let i = strand; i < strand + length; i++) f64[i] = second * (first * f64[i]!);
    i32[exponents + p] = i32[exponents + p]! + e;
  }
  f64[squares + p] = dotAt(f64, strand, strand, length);
}

function rotatePair(
  { f64, i32 }: Memory,
  { x, basis, count, length, squares, exponents }: Strands,
  p: number,
  q: number,
  product: number,
): void {
  const [ep, eq] = [i32[exponents + p]!, i32[exponents + q]!];
  const [dp, dq] = [f64[squares + p]!, f64[squares + q]!];
  const apart = powerOfTwo(Math.min(Math.max(ep - eq, -widest), widest));
  const closer = 1 / apart;
  const [weightP, weightQ] = [dp * apart, dq * closer];
  const difference = Math.abs(weightP - weightQ);
  const twice = 2 * product;
  const root = Math.sqrt(difference * difference + twice * twice);
  const sum = difference + root;
  const tangent = twice / sum;
  const secant = Math.sqrt((2 * root) / sum);
  const cosine = 1 - (tangent * tangent) / (secant * (1 + secant)); // 1 / secant is biased upwards for small angles, and the bias adds up
  const sine = cosine * tangent;
  const [xp, xq] = [x + p * length, x + q * length];
  const [bp, bq] = [basis + p * count, basis + q * count];
  if (weightP >= weightQ) {
    rotate(f64, xp, xq, length, cosine, sine * closer, -(sine * apart), cosine);
    if (basis >= 0) rotate(f64, bp, bq, count, cosine, sine, -sine, cosine);
    f64[squares + p] = dp + tangent * product * closer;
    settle(f64, squares + q, dq, tangent * product * apart, xq, length);
  } else {
    rotate(f64, xp, xq, length, sine * apart, cosine, cosine, -(sine * closer));
    if (basis >= 0) rotate(f64, bp, bq, count, sine, cosine, cosine, -sine);
    f64[squares + p] = dq + tangent * product * apart;
    settle(f64, squares + q, dp, tangent * product * closer, xq, length);
    i32[exponents + p] = eq;
    i32[exponents + q] = ep;
  }
}

/** The squared norm of the shorter strand, which lost `loss`. */
function settle(f64: Float64Array, square: number, before: number, loss: number, x: number, n: number): void {
  const after = before - loss;
  f64[square] = after > cancellation * before ? after : dotAt(f64, x, x, n);
}

/** (x, y) ← (a x + b y, c x + d y). */
function rotate(f64: Float64Array, x: number, y: number, n: number, a: number, b: number, c: number, d: number): void {
  for (let i = 0; i < n; i++) {
    const xi = f64[x + i]!;
    const yi = f64[y + i]!;
    f64[x + i] = a * xi + b * yi;
    f64[y + i] = c * xi + d * yi;
  }
}
