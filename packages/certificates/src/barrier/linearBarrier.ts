import { type Doubled, doubled, product, quotient, sum } from "../arithmetic/doubled.js";
import { DoubledVector } from "../arithmetic/doubledVector.js";
import { type Barrier, type Derivatives, type Scaled, valueAt } from "./barrier.js";

/** The barrier -log Σ terms of a linear inequality Σ terms > 0, each a scaled variable or a constant. */
export class LinearBarrier implements Barrier {
  readonly parameter = 1;
  readonly #terms: readonly Scaled[];

  constructor(terms: readonly Scaled[]) {
    this.#terms = terms;
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const slack = this.#slackAt(x);
    if (!(slack.high > 0)) return false;
    const inverse = quotient(doubled(1), slack);
    const down: Doubled = { high: -inverse.high, low: -inverse.low };
    for (const term of this.#terms) to.addSlope(term, down);
    if (!to.hessian) return true;
    const square = product(inverse, inverse);
    for (const [i, term] of this.#terms.entries()) for (const other of this.#terms.slice(0, i + 1)) to.addCurvature(term, other, square);
    return true;
  }

  roots(x: DoubledVector): readonly DoubledVector[] {
    const row = new DoubledVector(x.length);
    const slack = this.#slackAt(x);
    for (const { variable, factor } of this.#terms) if (variable !== undefined) row.set(variable, quotient(doubled(factor), slack));
    return [row];
  }

  #slackAt(x: DoubledVector): Doubled {
    return this.#terms.reduce<Doubled>((total, term) => sum(total, valueAt(x, term)), doubled(0));
  }
}
