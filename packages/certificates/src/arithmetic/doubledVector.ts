import { productError } from "@steepest/core/internal";
import { type Doubled, renormalized } from "./doubled.js";

/** Numbers in twice the precision of doubles, (high + low)ⱼ. */
export class DoubledVector {
  readonly high: Float64Array;
  readonly low: Float64Array;

  constructor(length: number, high: Float64Array = new Float64Array(length), low: Float64Array = new Float64Array(length)) {
    [this.high, this.low] = [high, low];
  }

  get length(): number {
    return this.high.length;
  }

  at(j: number): Doubled {
    return { high: this.high[j]!, low: this.low[j]! };
  }

  set(j: number, { high, low }: Doubled): void {
    this.high[j] = high;
    this.low[j] = low;
  }

  /** this[j] ← this[j] + value. */
  add(j: number, value: Doubled): void {
    const a = this.high[j]!;
    const high = a + value.high;
    const back = high - a;
    const low = a - (high - back) + (value.high - back) + (this.low[j]! + value.low);
    this.high[j] = high + low;
    this.low[j] = low - (this.high[j]! - high);
  }

  /** this + factor · other, a new vector. */
  plus(other: DoubledVector, factor = 1): DoubledVector {
    const out = this.slice();
    for (let j = 0; j < out.length; j++) out.add(j, timesDouble(other.high[j]!, other.low[j]!, factor));
    return out;
  }

  /** this ← this + factor · other. */
  addMultiple(other: DoubledVector, factor: Doubled): void {
    for (let j = 0; j < this.length; j++) {
      const value = timesDouble(other.high[j]!, other.low[j]!, factor.high);
      this.add(j, { high: value.high, low: value.low + other.high[j]! * factor.low });
    }
  }

  /** The entries from one on, up to another, in the same memory. */
  from(start: number, end: number = this.length): DoubledVector {
    return new DoubledVector(end - start, this.high.subarray(start, end), this.low.subarray(start, end));
  }

  slice(): DoubledVector {
    const out = new DoubledVector(this.length);
    out.high.set(this.high);
    out.low.set(this.low);
    return out;
  }
}

function timesDouble(high: number, low: number, factor: number): Doubled {
  const product = high * factor;
  return { high: product, low: productError(high, factor, product) + low * factor };
}

/**
 * Σ aⱼ bⱼ over the first entries, as if computed in twice the precision: to 2^-104 of itself and a few n² 2^-104 of Σ |aⱼ bⱼ|.
 * Source: Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005).
 */
export function doubledProduct(a: DoubledVector, b: DoubledVector, length: number): Doubled {
  const [aHigh, aLow, bHigh, bLow] = [a.high, a.low, b.high, b.low];
  let [high, rest] = [0, 0];
  for (let j = 0; j < length; j++) {
    const [x, y] = [aHigh[j]!, bHigh[j]!];
    const product = x * y;
    const sum = high + product;
    const back = sum - high;
    rest += productError(x, y, product) + (high - (sum - back) + (product - back)) + (x * bLow[j]! + aLow[j]! * y);
    high = sum;
  }
  return renormalized(high, rest);
}
