import type { MatrixBlock, Norm } from "../norm/norm.js";
import type { PlainNorm } from "../norm/plainFunctions.js";

/** An array that a plain optimiser remembers from step to step; it starts at 0. */
export interface PlainMemory {
  /** Its length: as many numbers as θ has, or so many. */
  readonly size: "parameters" | number;
  /** The power of the gradient that it grows with: 1 for an average of gradients, 2 for one of their squares, 0 for a count. */
  readonly degree: number;
  /** ρ in [0, 1]: the largest factor by which a step keeps what it holds; 1 for sums that forget nothing. Required unless the degree is 0. */
  readonly keeps?: number | undefined;
}

/** One step as a plain optimiser sees it. Arrays are copies but for those of `memory`. */
export interface PlainStep {
  /** f64[p]. */
  readonly theta: Float64Array;
  /** f64[p], the gradient of the risk in the unit e^logUnit: ∇R = e^logUnit · gradient. */
  readonly gradient: Float64Array;
  /** The arrays that the optimiser has declared, to be written in place; in the unit e^(degree · logUnit). */
  readonly memory: Readonly<Record<string, Float64Array>>;
  /** 1 for the first step since the optimiser took over. */
  readonly step: number;
  /** The logarithm of the unit of this step; it follows the risk, as far as the memory lets it. */
  readonly logUnit: number;
  /** The matrices that θ consists of, row by row. */
  readonly layers: readonly MatrixBlock[];
  /** The optimiser's norm as plain functions; undefined if it has none. */
  readonly norm: Pick<PlainNorm, "norm" | "dualNorm" | "lmo"> | undefined;
  /** A constant beside a quantity of that degree, such as an epsilon beside gradients: value · e^(-degree · logUnit). */
  constant(value: number, degree: number): number;
}

/** An optimiser written in plain TypeScript, without touching the binary. */
export interface PlainOptimizer {
  readonly id: string;
  /** The norm that its steps are measured in; ℓ2 without. */
  readonly norm?: Norm | undefined;
  /** A sentence that says by which theorem it raises the margin of its norm; without it theory is silent. */
  readonly expectation?: string | undefined;
  /** "unit": θ ← θ + η d. "gradient": θ ← θ + η e^logUnit d, for directions that grow with the gradient. */
  readonly lengthUnit: "unit" | "gradient";
  /** The arrays that it remembers, by names of letters and digits. Default none. */
  readonly memory?: Readonly<Record<string, PlainMemory>> | undefined;
  /** The direction d, f64[p], which points downhill. It keeps nothing but `memory`. */
  direction(step: PlainStep): Float64Array;
}
