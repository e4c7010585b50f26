import type { Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import type { StepChoice } from "../step/registry.js";

/** An optimiser of definitions: its form `V` there, and the optimiser of the core that is built from that. */
export interface OptimizerMember<V> extends Choice<V, Optimizer> {
  /** The step rule to start with where margin-paced steps do not fit and steps of 0.01 are too long or too short for two moons. */
  readonly firstStep?: StepChoice;
}

/** An optimiser of definitions whose type follows from its schema. */
export const optimizerMember = <V>(member: OptimizerMember<V>): OptimizerMember<V> => member;
