import type { BoundedNorm } from "../bound/boundedNorm.js";
import type { Choice } from "../tangent/gradientRows.js";
import type { TangentProblem } from "../tangent/tangentProblem.js";

/** The linearised problem in a norm. */
export interface CompletedProblem {
  readonly problem: TangentProblem;
  readonly norm: BoundedNorm;
}

/** A row with its multiplier; with shares it is the row on its sides, moved by these shares of the way to the other sides. */
export interface MixedChoice extends Choice {
  readonly multiplier: number;
  readonly shares?: ArrayLike<number>;
}

/** Multipliers of rows, and a direction; nothing is believed of them. */
export interface Proposal {
  readonly choices: readonly MixedChoice[];
  /** f64[p]. */
  readonly direction: Float64Array;
  /** An upper bound of D* but for rounding: the dual norm of the combination. */
  readonly value: number;
}

/** The start of a search, and its end. */
export interface SearchOptions {
  readonly theta: Float64Array;
  readonly sampleWeights?: ArrayLike<number> | undefined;
  readonly tolerance?: number | undefined;
  /** Most times that the problem is solved with more rows; then the direction need not be the best. Default 200. */
  readonly rounds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
