import type { Kernels } from "@steepest/kernels";
import { type Doubled, doubled, product, scaled, sum } from "../arithmetic/doubled.js";
import type { DoubledVector } from "../arithmetic/doubledVector.js";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import { type Derivatives, type Scaled, valueAt } from "./barrier.js";
import type { Penalty } from "./primalDual.js";

/** The share of the largest entry that the curvature takes an entry to have at least, so that none is flat. */
const leastEntry = 2 ** -20;

/**
 * Half of the square of an ℓp length ||y||, p >= 2, over scaled variables, with powers that are those of doubles. max xₜ over the rows and ||y|| <= 1 has the same
 * answer as max xₜ - ||y||²/2 over the rows, but for the length of x, and the same multipliers.
 */
export class HalfSquareOfPowers implements Penalty {
  readonly #kernels: Kernels;
  readonly #entries: readonly Scaled[];
  readonly #p: number;

  /**
   * @param kernels  have log and exp
   * @param entries  y
   * @param p        at least 2
   */
  constructor(kernels: Kernels, entries: readonly Scaled[], p: number) {
    [this.#kernels, this.#entries, this.#p] = [kernels, entries, p];
  }

  /** Adds ∇ = ||y||^(2-p) |y|^(p-1) sign y and ∇² = ||y||^(2-p) (p - 1) diag |y|^(p-2) - (p - 2) ∇ ∇ᵀ / ||y||²; at 0 the latter is taken to be I. */
  add(x: DoubledVector, to: Derivatives): void {
    const p = this.#p;
    const values = this.#entries.map((entry) => valueAt(x, entry));
    const largest = values.reduce((most, { high }) => Math.max(most, Math.abs(high)), 0);
    if (!(largest > 0)) {
      if (to.hessian) for (const entry of this.#entries) to.addCurvature(entry, entry, doubled(1));
      return;
    }
    const unit = powerOfTwoBelow(largest);
    const sizes = values.map(
      ({ high, low }): Doubled => (high < 0 ? { high: -high / unit, low: -low / unit } : { high: high / unit, low: low / unit }),
    );
    const powers = sizes.map((size) => this.#power(size, p - 1));
    const total = sizes.reduce<Doubled>((all, size, j) => sum(all, product(size, powers[j]!)), doubled(0)); // (||y|| / unit)^p
    const scale = this.#power(total, (2 - p) / p);
    const slopes = powers.map((value, j) => scaled(product(scale, value), values[j]!.high < 0 ? -1 : 1));
    for (const [j, entry] of this.#entries.entries()) to.addSlope(entry, scaled(slopes[j]!, unit));
    if (!to.hessian) return;
    const perSquare = -(p - 2) * this.#power(total, -2 / p).high;
    for (const [i, entry] of this.#entries.entries()) {
      const own = (p - 1) * scale.high * this.#power(doubled(Math.max(sizes[i]!.high, leastEntry)), p - 2).high;
      for (let j = 0; j < i; j++) to.addCurvature(entry, this.#entries[j]!, doubled(perSquare * slopes[i]!.high * slopes[j]!.high));
      to.addCurvature(entry, entry, doubled(own + perSquare * slopes[i]!.high * slopes[i]!.high));
    }
  }

  #power({ high, low }: Doubled, exponent: number): Doubled {
    if (!(high > 0)) return doubled(0);
    return scaled({ high: 1, low: (exponent * low) / high }, this.#kernels.exp(exponent * this.#kernels.log(high)));
  }
}
