import type { Kernels, Pointer, Span } from "@steepest/kernels";
import { normalizingExponent, powerOfTwo } from "../number/binaryScale.js";

/** The power of two by which a vector is small enough beside another to be left out of their sum. */
const negligible = -1000;

/**
 * Scaled vectors in memory: the stored vector, with a largest entry of about 1, times 2^exponent is the true one. Exponents are even, since those times a
 * degree, a multiple of 1/2, are integers.
 */
export class ScaledSlots {
  readonly #kernels: Kernels;
  readonly #spanOf: (slot: number) => Span;
  readonly exponents: Float64Array;

  constructor(kernels: Kernels, count: number, spanOf: (slot: number) => Span) {
    this.#kernels = kernels;
    this.#spanOf = spanOf;
    this.exponents = new Float64Array(count);
  }

  ptr(slot: number): Pointer {
    return this.#spanOf(slot).ptr;
  }

  view(slot: number): Float64Array {
    return this.#spanOf(slot).view;
  }

  /** max |xⱼ| of the stored vector. */
  largest(slot: number): number {
    return this.#largestOf(this.ptr(slot), this.#spanOf(slot).length);
  }

  /** The vector of a slot becomes x 2^exponent. `x` may be the slot itself. */
  set(slot: number, x: Pointer, exponent: number): void {
    const { ptr, length } = this.#spanOf(slot);
    const k = normalizingExponent(this.#largestOf(x, length));
    const even = (exponent - k) % 2 === 0 ? k : k + 1;
    this.#kernels.scale(x, ptr, length, powerOfTwo(even));
    this.exponents[slot] = exponent - even;
  }

  /** Adds x 2^exponent to the vector of a slot. */
  add(slot: number, x: Pointer, exponent: number): void {
    const kernels = this.#kernels;
    const { ptr, length } = this.#spanOf(slot);
    if (this.#largestOf(x, length) === 0) return;
    if (this.largest(slot) === 0) {
      this.set(slot, x, exponent);
      return;
    }
    const own = this.exponents[slot]!;
    const top = Math.max(own, exponent);
    const factorOf = (k: number): number => (k - top < negligible ? 0 : powerOfTwo(k - top));
    kernels.scale(ptr, ptr, length, factorOf(own));
    kernels.axpy(x, ptr, length, factorOf(exponent));
    this.set(slot, ptr, top);
  }

  #largestOf(x: Pointer, length: number): number {
    return this.#kernels.maxAbs(x, length);
  }
}
