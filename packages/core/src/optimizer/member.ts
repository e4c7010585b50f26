import type { Member } from "../recipe/member.js";
import type { Optimizer } from "./optimizer.js";

/** An optimiser in the registry. */
export interface OptimizerMember extends Member<Optimizer> {
  /**
   * Examples by name, one for each part of the code; tests of all optimisers use them, on two layers of which the second is one row.
   *
   * @param logFrame  added to the logarithm of every epsilon, in units of the gradient
   */
  examples(logFrame: number): Readonly<Record<string, Optimizer>>;
}
