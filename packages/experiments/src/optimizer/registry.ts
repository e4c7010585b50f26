import { optimizers as coreOptimizers, type Optimizer } from "@steepest/core";
import { build, type OneOf, oneOf, titled } from "../definition/choice.js";
import { clipped } from "./clipped.js";
import { coupledDecay } from "./coupledDecay.js";
import { decoupledDecay } from "./decoupledDecay.js";
import { members } from "./members.js";

/** Every optimiser that a definition can name: the members, and the wrappers of any of them. */
export const optimizers = titled({ ...members, decoupledDecay, coupledDecay, clipped }, coreOptimizers);

/** An optimiser of a definition. */
export type OptimizerChoice = OneOf<typeof optimizers>;

export const optimizerSchema = oneOf("kind", optimizers, { showsExamples: true });

/**
 * The optimiser of core that a definition describes.
 *
 * @param choice  an optimiser of a definition
 * @returns a new optimiser
 * @throws DefinitionError  if core refuses its options
 */
export function buildOptimizer(choice: OptimizerChoice): Optimizer {
  return build(optimizers, "kind", choice);
}
