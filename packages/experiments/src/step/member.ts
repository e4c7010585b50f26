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

/** A step rule with other numbers, and the words for the change, "c = 0.025". */
export interface StepChange<C> {
  readonly step: C;
  readonly text: string;
}

/** The step rule that ends a fault of steps. */
export interface StepRemedy<C> extends StepChange<C> {
  /** "jumps": a step is so short that sample margins follow the flow. "falls": no step lets the own soft margin fall. */
  readonly ends: "jumps" | "falls";
}

/** Facts of a step rule for those who choose among step rules, of its choices `C`. */
export interface StepFacts<C> {
  /** The fault of long steps that the rule ends, with the numbers to end it; absent: none. */
  readonly remedy?: StepRemedy<C>;
  /** The rule with steps shorter by a factor > 1; absent: it has tried shorter ones itself. */
  shorter?(choice: C, factor: number): StepChange<C>;
  /** The rule that lets less of a fall of the own soft margin pass; absent: it does not look at that. */
  stricter?(choice: C): StepChange<C>;
}

/** A step rule of definitions: its form `V` there, and the rule of the core that is built from that. */
export interface StepRuleMember<V> extends Choice<V, StepRule>, StepFacts<ReadonlyTree<NoInfer<V>>> {
  /** The step rule in a Python program over PyTorch; absent: programs with it are refused. @throws DefinitionError  if an option has no translation */
  pytorch?(choice: ReadonlyTree<NoInfer<V>>, surroundings: StepSurroundings): StepSource;
}

/** A step rule of definitions whose type follows from its schema. */
export const stepRuleMember = <V>(member: StepRuleMember<V>): StepRuleMember<V> => member;
