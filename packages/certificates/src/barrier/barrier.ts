import { type Doubled, doubled, product, scaled, sum } from "../arithmetic/doubled.js";
import { DoubledVector } from "../arithmetic/doubledVector.js";

/** A variable times a factor, or, without a variable, a constant. */
export interface Scaled {
  readonly variable: number | undefined;
  readonly factor: number;
}

/** The value of a scaled variable at x. */
export function valueAt(x: DoubledVector, { variable, factor }: Scaled): Doubled {
  return variable === undefined ? doubled(factor) : scaled(x.at(variable), factor);
}

/** Gradient and, where it is asked for, Hessian of a sum of barriers; of the Hessian, row i holds the entries up to i. */
export class Derivatives {
  readonly gradient: DoubledVector;
  readonly hessian: readonly DoubledVector[] | undefined;
  /** Factors of the first and of the second derivatives that are added from now on. */
  weights: { readonly slope: number; readonly curvature: number } = { slope: 1, curvature: 1 };

  constructor(size: number, withHessian: boolean, gradient: DoubledVector = new DoubledVector(size)) {
    this.gradient = gradient;
    this.hessian = withHessian ? Array.from({ length: size }, (_, i) => new DoubledVector(i + 1)) : undefined;
  }

  /** Derivatives that add to the gradient of these, and have no Hessian. */
  slopesAlone(): Derivatives {
    const own = new Derivatives(this.gradient.length, false, this.gradient);
    own.weights = this.weights;
    return own;
  }

  /** Adds the derivative in a scaled variable. */
  addSlope({ variable, factor }: Scaled, value: Doubled): void {
    if (variable !== undefined) this.gradient.add(variable, scaled(value, factor * this.weights.slope));
  }

  /** Adds the second derivative in two scaled variables, each pair once. */
  addCurvature(one: Scaled, other: Scaled, value: Doubled): void {
    if (one.variable === undefined || other.variable === undefined) return;
    const [low, high] = one.variable < other.variable ? [one.variable, other.variable] : [other.variable, one.variable];
    const factors = product(doubled(one.factor), doubled(other.factor));
    // two names of one variable stand for both orders of the pair
    const twice = low === high && one !== other ? 2 : 1;
    this.hessian![high]!.add(low, scaled(product(value, factors), twice * this.weights.curvature));
  }
}

/** The Hessian of a barrier at a point, in doubles and by its products. */
export interface RoundedCurvature {
  /** Adds the Hessian to a symmetric matrix, of which row i holds the entries up to i. */
  addTo(matrix: readonly Float64Array[]): void;
  /** Adds its product with a vector, in twice the precision. */
  addAlong(v: DoubledVector, out: DoubledVector): void;
}

/** The derivative of barriers along a way, of which nothing else is kept. */
export class Along extends Derivatives {
  readonly #way: DoubledVector;
  #value = doubled(0);

  constructor(way: DoubledVector) {
    super(0, false);
    this.#way = way;
  }

  get value(): number {
    return this.#value.high;
  }

  override addSlope({ variable, factor }: Scaled, value: Doubled): void {
    if (variable !== undefined) this.#value = sum(this.#value, scaled(product(value, this.#way.at(variable)), factor));
  }
}

/** A self-concordant barrier of a convex set of x: finite inside, and infinite at the boundary. */
export interface Barrier {
  /** ν: how much of the gap of a central point is the barrier's, in units of μ. */
  readonly parameter: number;
  /** Adds its derivatives at x; false if x is not inside. */
  add(x: DoubledVector, to: Derivatives): boolean;
  /** Rows R with the Hessian Rᵀ R at a point inside, where it is known in this form. */
  roots?(x: DoubledVector): readonly DoubledVector[];
  /** The Hessian at a point inside in doubles, where that takes much less than twice the precision. */
  rounded?(x: DoubledVector): RoundedCurvature | undefined;
}
