import type { Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import type { ReadonlyTree } from "../definition/schema.js";
import type { OptimizerSource, Shape } from "../pytorch/optimizerSource.js";
import type { StepChoice } from "../step/registry.js";

/** An optimiser of definitions: its form `V` there, and the optimiser of the core that is built from that. */
export interface OptimizerMember<V> extends Choice<V, Optimizer> {
  /** The step rule to start with where margin-paced steps do not fit and steps of 0.01 are too long or too short for two moons. */
  readonly firstStep?: StepChoice;
  /**
   * The optimiser in a Python program over PyTorch; absent: programs with it are refused.
   *
   * @param shapes  rows and columns of the layers that are trained
   * @throws DefinitionError  if an option has no translation
   */
  pytorch?(choice: ReadonlyTree<NoInfer<V>>, shapes: readonly Shape[]): OptimizerSource;
}

/** An optimiser of definitions whose type follows from its schema. */
export const optimizerMember = <V>(member: OptimizerMember<V>): OptimizerMember<V> => member;
