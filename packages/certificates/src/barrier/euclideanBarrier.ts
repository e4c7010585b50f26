import { type Doubled, difference, doubled, product, quotient, scaled, sum } from "../arithmetic/doubled.js";
import type { DoubledVector } from "../arithmetic/doubledVector.js";
import { type Barrier, type Derivatives, type Scaled, valueAt } from "./barrier.js";

/** The barrier -log(ℓ² - Σ yⱼ²) of ||y||₂ < ℓ, over scaled variables. Source: Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms (1994). */
export class EuclideanBarrier implements Barrier {
  readonly parameter = 2;
  readonly #entries: readonly Scaled[];
  readonly #limit: Scaled;

  constructor(entries: readonly Scaled[], limit: Scaled) {
    [this.#entries, this.#limit] = [entries, limit];
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const y = this.#entries.map((entry) => valueAt(x, entry));
    const limit = valueAt(x, this.#limit);
    const rest = y.reduce<Doubled>((left, value) => difference(left, product(value, value)), product(limit, limit));
    if (!(rest.high > 0 && limit.high > 0)) return false;
    const twice = quotient(doubled(2), rest); // 2 / q
    const slopes = y.map((value) => product(value, twice));
    const across = scaled(product(limit, twice), -1);
    for (const [j, entry] of this.#entries.entries()) to.addSlope(entry, slopes[j]!);
    to.addSlope(this.#limit, across);
    if (!to.hessian) return true;
    for (const [i, entry] of this.#entries.entries()) {
      for (let j = 0; j < i; j++) to.addCurvature(entry, this.#entries[j]!, product(slopes[i]!, slopes[j]!));
      to.addCurvature(entry, entry, sum(product(slopes[i]!, slopes[i]!), twice));
      to.addCurvature(entry, this.#limit, product(slopes[i]!, across));
    }
    to.addCurvature(this.#limit, this.#limit, difference(product(across, across), twice));
    return true;
  }
}
