import type { BoundedNorm } from "../bound/boundedNorm.js";
import { leastNormPoint } from "./leastNormPoint.js";
import type { Solver } from "./proposal.js";

/** A solver with what it reaches. */
export interface NamedSolver {
  readonly name: string;
  readonly tolerance: number;
  readonly iterations: number;
  readonly propose: Solver;
}

const activeSet: NamedSolver = { name: "active set", tolerance: 1e-9, iterations: 20_000, propose: leastNormPoint };

/** The solver for a norm, by what the norm declares. */
export function solverOf(_norm: BoundedNorm): NamedSolver {
  return activeSet;
}
