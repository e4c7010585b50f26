import type { StepRule } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import type { ReadonlyTree } from "../definition/schema.js";
import type { StepSource } from "../pytorch/stepSource.js";

/** Python of what a step rule may use. */
export interface StepSurroundings {
  /** L. */
  readonly degree: string;
  /** The weights that move alone, of `theta`. */
  readonly moving: string;
}

/** A step rule of definitions: its form `V` there, and the rule of the core that is built from that. */
export interface StepRuleMember<V> extends Choice<V, StepRule> {
  /** The step rule in a Python program over PyTorch; absent: programs with it are refused. @throws DefinitionError  if an option has no translation */
  pytorch?(choice: ReadonlyTree<NoInfer<V>>, surroundings: StepSurroundings): StepSource;
}

/** A step rule of definitions whose type follows from its schema. */
export const stepRuleMember = <V>(member: StepRuleMember<V>): StepRuleMember<V> => member;
