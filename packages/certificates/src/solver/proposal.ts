import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";

/** Multipliers and parameters that a solver proposes; neither need be of any length. Nothing is believed of them before they are bounded. */
export interface Proposal {
  readonly lambda: Float64Array;
  readonly theta: Float64Array;
  readonly iterations: number;
  /** The remainders of both in doubles, so that they are lambda + rest.lambda and theta + rest.theta. */
  readonly rest?: Rest;
  /** The solver, where it is not the one that was asked. */
  readonly method?: string;
}

/** The remainders of multipliers and parameters in doubles, each at most the rounding of its entry. */
export interface Rest {
  readonly lambda: Float64Array;
  readonly theta: Float64Array;
}

/** The question to a solver. */
export interface Problem {
  readonly atoms: Atoms;
  readonly norm: BoundedNorm;
  /** The relative distance of the bounds at which it may stop. */
  readonly tolerance: number;
  /** Most iterations. */
  readonly iterations: number;
  readonly start: { readonly lambda?: Float64Array; readonly theta?: Float64Array };
  /** Gives way to other work, and throws where the caller has given up. */
  readonly breathe: () => Promise<void>;
}

/** A way to propose multipliers and parameters for a norm. */
export type Solver = (problem: Problem) => Promise<Proposal>;
