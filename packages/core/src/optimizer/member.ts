import type { Member } from "../recipe/member.js";
import type { Optimizer } from "./optimizer.js";

/** An optimiser in the registry. */
export interface OptimizerMember extends Member<Optimizer> {
  /**
   * One optimiser for each part of the code, by name: whatever every optimiser must do is asked of all of them, on two layers of which the second is one row.
   *
   * @param logFrame  added to the logarithm of every epsilon, in units of the gradient
   */
  examples(logFrame: number): Readonly<Record<string, Optimizer>>;
}
