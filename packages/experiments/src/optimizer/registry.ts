import { optimizers as coreOptimizers, type Optimizer } from "@steepest/core";
import { build, oneOf, titled } from "../definition/choice.js";
import type { z } from "../definition/schema.js";
import { symbolOf } from "../probe/probe.js";
import { clipped } from "./clipped.js";
import { coupledDecay } from "./coupledDecay.js";
import { decoupledDecay } from "./decoupledDecay.js";
import type { OptimizerFacts } from "./member.js";
import { members } from "./members.js";
import { module } from "./module.js";
import { normText } from "./normText.js";
import { type Held, heldOptimizers, type OptimizerChoice } from "./wrapped.js";

export type { OptimizerChoice } from "./wrapped.js";

const held: Held = heldOptimizers(
  () => every,
  () => optimizerSchema,
);

/** Optimisers that hold another one. */
const wrappers = {
  decoupledDecay: decoupledDecay(held),
  coupledDecay: coupledDecay(held),
  clipped: clipped(held),
};

/** Every optimiser that a definition can name: the members, and the wrappers of any of all these. */
export const optimizers = titled({ ...members, ...wrappers }, coreOptimizers);

/** Every optimiser of definitions, with those that modules export, which no menu offers: they are code, and the page runs none. */
const every = { ...optimizers, module: { ...module, title: "module" } };

/** Its schema, one definition of the JSON schema, which several places refer to. */
export const optimizerSchema: z.ZodType<OptimizerChoice> = oneOf("kind", every, { showsExamples: true }).meta({ id: "optimizer" });

/**
 * The optimiser of core that a definition describes.
 *
 * @param choice  an optimiser of a definition
 * @returns a new optimiser
 * @throws DefinitionError  if core refuses its options
 */
export function buildOptimizer(choice: OptimizerChoice): Optimizer {
  return build(every, "kind", choice);
}

/**
 * The facts of an optimiser for those who choose.
 *
 * @param kind  that of an optimiser of definitions
 * @returns facts about choices of this kind, and its title
 */
export function optimizerFacts(kind: OptimizerChoice["kind"]): OptimizerFacts<OptimizerChoice> & { readonly title: string } {
  return every[kind] as never;
}

/**
 * The name of an optimiser.
 *
 * @param choice  an optimiser of a definition
 * @returns "sign descent", "steepest descent in lp(3)", "Adam"
 */
export function optimizerName(choice: OptimizerChoice): string {
  const { nameOf, title } = optimizerFacts(choice.kind);
  if (nameOf) return nameOf(choice);
  return "norm" in choice && choice.norm !== undefined ? `${title} in ${symbolOf(normText(choice.norm))}` : title;
}
