import { type Doubled, difference, doubled, product, quotient, scaled, squareRoot, sum } from "../arithmetic/doubled.js";
import { DoubledVector } from "../arithmetic/doubledVector.js";
import { type Derivatives, type Scaled, valueAt } from "./barrier.js";
import type { PathPoint, Penalty } from "./primalDual.js";

/**
 * Half of the square of a Euclidean length ||y|| over scaled variables. max xₜ over the rows and ||y|| <= 1 has the same answer as max xₜ - ||y||²/2 over the rows, but
 * for the length of x, and the points of its central path too; but no step meets a curved boundary.
 */
export class HalfSquare implements Penalty {
  readonly #entries: readonly Scaled[];

  constructor(entries: readonly Scaled[]) {
    this.#entries = entries;
  }

  add(x: DoubledVector, to: Derivatives): void {
    for (const entry of this.#entries) {
      to.addSlope(entry, valueAt(x, entry));
      if (to.hessian) to.addCurvature(entry, entry, doubled(1));
    }
  }

  /**
   * The point of the path of ||y|| < 1 with the barrier -log(1 - ||y||²) that a point of the path with the penalty stands for: r x at r μ with
   * r = (||y||² + 2 μ)^(-1/2). The multipliers μ/sₖ of both are equal, and that of the ball is 1/r.
   */
  withinBall({ x, mu }: PathPoint): PathPoint {
    const ratio = quotient(doubled(1), squareRoot(sum(this.#square(x), doubled(2 * mu))));
    return { x: times(x, ratio), mu: scaled(ratio, mu).high };
  }

  /** The point with the penalty that a point in the ball stands for: x / r at μ / r with 1/r = 2 μ / (1 - ||y||²). */
  ofBall({ x, mu }: PathPoint): PathPoint {
    const inverse = quotient(doubled(2 * mu), difference(doubled(1), this.#square(x)));
    return { x: times(x, inverse), mu: scaled(inverse, mu).high };
  }

  /** ||y||². */
  #square(x: DoubledVector): Doubled {
    return this.#entries.reduce<Doubled>((total, entry) => {
      const y = valueAt(x, entry);
      return sum(total, product(y, y));
    }, doubled(0));
  }
}

function times(x: DoubledVector, factor: Doubled): DoubledVector {
  const out = new DoubledVector(x.length);
  for (let j = 0; j < x.length; j++) out.set(j, product(x.at(j), factor));
  return out;
}
