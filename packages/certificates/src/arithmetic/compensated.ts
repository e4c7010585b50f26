import { productError, splitter } from "@steepest/core/internal";
import { above } from "./outward.js";

/** A result, and a number >= its distance from the exact one. */
export interface Enclosed {
  readonly value: number;
  readonly error: number;
}

/** A sum in twice the precision: high + low, and the sum of the sizes of its terms. */
export interface Accumulated {
  readonly high: number;
  readonly low: number;
  readonly size: number;
}

/**
 * Σⱼ xⱼ (y + low)ⱼ as if computed in twice the precision of f64: every product and sum is split into its rounded value and its rounding error, without a
 * fused multiply-add. Products must stay between 2^-960 and 2^1023, entries below 2^995.
 * Source: Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005), algorithm 5.3; Dekker, Numer. Math. 18 (1971).
 */
export function accumulate(x: Float64Array, y: Float64Array, low?: Float64Array): Accumulated {
  let [high, rest, size] = [0, 0, 0];
  for (let j = 0; j < x.length; j++) {
    const [a, b] = [x[j]!, y[j]!];
    const product = a * b;
    const sum = high + product;
    const back = sum - high;
    rest += productError(a, b, product) + (high - (sum - back) + (product - back));
    high = sum;
    size += Math.abs(product);
  }
  if (low) for (let j = 0; j < x.length; j++) rest += x[j]! * low[j]!;
  return { high, low: rest, size };
}

/**
 * ⟨x, y + rest⟩ with a bound of its error: |value - ⟨x, y⟩| <= ε |value| + n² ε² Σ |xⱼ yⱼ|, and what underflows.
 *
 * @param x     f64[n], entries below 2^995
 * @param y     f64[n], likewise
 * @param rest  f64[n]: small against y, to which it is added
 * @returns the inner product, and a number that its rounding errors do not exceed
 */
export function enclosedProduct(x: Float64Array, y: Float64Array, rest?: Float64Array): Enclosed {
  const { high, low, size } = accumulate(x, y, rest);
  const value = high + low;
  const error = errorOf(value, size, x.length);
  if (!rest) return { value, error };
  let small = 0;
  for (let j = 0; j < x.length; j++) small += Math.abs(x[j]! * rest[j]!);
  return { value, error: above(error + errorOfRest(small, x.length), 2) };
}

/** A bound of what rounding takes of n plain products that are added to the low part of a sum, and whose sizes add up to about `size`. */
function errorOfRest(size: number, n: number): number {
  return above((n + 4) * 2 ** -52 * size, n + 4);
}

/** The error of a sum of n products in twice the precision, whose sizes add up to about `size`. Source: Ogita, Rump and Oishi, proposition 5.5, doubled. */
function errorOf(value: number, size: number, n: number): number {
  const relative = n * 2 ** -52;
  return above(2 ** -52 * Math.abs(value) + relative * relative * above(size, n + 2), 8) + 8 * (n + 1) * 2 ** -1074;
}

/** A combination of rows, entry by entry, each with a bound of its error. */
export interface EnclosedVector {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

/** Σ λₖ Zₖ over a sequence of rows with multipliers in twice the precision, (high + low)ₖ. */
export class CompensatedSum {
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #size: Float64Array;
  /** Σ |low row|; absent without low parts. */
  #lowSize: Float64Array | undefined;
  #terms = 0;

  constructor(length: number) {
    this.#high = new Float64Array(length);
    this.#low = new Float64Array(length);
    this.#size = new Float64Array(length);
  }

  /** Adds (factor + low) row. */
  add(factor: number, row: Float64Array, low = 0): void {
    const [high, rest, size] = [this.#high, this.#low, this.#size];
    const scaledFactor = splitter * factor;
    const fh = scaledFactor - (scaledFactor - factor);
    const fl = factor - fh;
    for (let j = 0; j < row.length; j++) {
      const b = row[j]!;
      const product = factor * b;
      const sb = splitter * b;
      const bh = sb - (sb - b);
      const bl = b - bh;
      const old = high[j]!;
      const sum = old + product;
      const back = sum - old;
      rest[j]! += fl * bl - (product - fh * bh - fl * bh - fh * bl) + (old - (sum - back) + (product - back)) + low * b;
      high[j] = sum;
      size[j]! += Math.abs(product);
    }
    if (low !== 0) {
      this.#lowSize ??= new Float64Array(row.length);
      for (let j = 0; j < row.length; j++) this.#lowSize[j]! += Math.abs(low * row[j]!);
    }
    this.#terms += 1;
  }

  /** The sum rounded to f64 and its remainder. */
  split(): { readonly high: Float64Array; readonly low: Float64Array } {
    const high = this.#high.map((value, j) => value + this.#low[j]!);
    return { high, low: this.#high.map((value, j) => value - high[j]! + this.#low[j]!) };
  }

  /** The sum. */
  enclosed(): EnclosedVector {
    const value = this.#high.map((high, j) => high + this.#low[j]!);
    const error = value.map((v, j) => errorOf(v, this.#size[j]!, this.#terms));
    const small = this.#lowSize;
    return { value, error: small ? error.map((e, j) => above(e + errorOfRest(small[j]!, this.#terms), 2)) : error };
  }
}
