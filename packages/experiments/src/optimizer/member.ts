import type { Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import type { ReadonlyTree } from "../definition/schema.js";
import type { OptimizerSource, Shape } from "../pytorch/optimizerSource.js";
import type { StepChoice } from "../step/registry.js";

/** A choice under a name in a menu. */
export interface MenuEntry<C> {
  readonly name: string;
  readonly start: C;
}

/** Facts of an optimiser for those who choose among optimisers, of its choices `C`. */
export interface OptimizerFacts<C> {
  /** The step rule to start with where margin-paced steps do not fit and steps of 0.01 are too long or too short for two moons. */
  readonly firstStep?: StepChoice;
  /** Choices that menus offer under names of their own, which say all of their options, and the entry of all others; absent: the title and the first example. */
  readonly menu?: { readonly named: readonly C[]; readonly others: MenuEntry<C> };
  /**
   * Choices for the arms of a new definition whose network may have kinks, such as ReLU, where descent without a memory may come to a standstill, by the words
   * that name the arms; absent: none.
   */
  readonly proposals?: Readonly<Record<string, C>>;
  /** The name of a choice, "sign descent"; absent: the title, and the norm where the choice has one. */
  nameOf?(choice: C): string;
  /** The choice with steps as long as the step rule says, along the same directions; absent or undefined: it has them, or there is no such choice. */
  normalized?(choice: C): C | undefined;
  /** The choice with the options that its others require, and without those that have no meaning beside them; absent: no option depends on another. */
  complete?(choice: C): C;
}

/** An optimiser of definitions: its form `V` there, and the optimiser of the core that is built from that. */
export interface OptimizerMember<V> extends Choice<V, Optimizer>, OptimizerFacts<ReadonlyTree<NoInfer<V>>> {
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
