import { optimizers as coreOptimizers, type Optimizer } from "@steepest/core";
import { build, type OneOf, oneOf, titled } from "../definition/choice.js";
import { symbolOf } from "../probe/probe.js";
import { adaGrad } from "./adaGrad.js";
import { adam } from "./adam.js";
import { adamW } from "./adamW.js";
import { heavyBall } from "./heavyBall.js";
import { lion } from "./lion.js";
import type { OptimizerFacts } from "./member.js";
import { mirrorDescent } from "./mirrorDescent.js";
import { momentum } from "./momentum.js";
import { muon } from "./muon.js";
import { muonAdam } from "./muonAdam.js";
import { muonSignum } from "./muonSignum.js";
import { normText } from "./normText.js";
import { progressiveRescaling } from "./progressiveRescaling.js";
import { rmsProp } from "./rmsProp.js";
import { scion } from "./scion.js";
import { shampoo } from "./shampoo.js";
import { signum } from "./signum.js";
import { steepest } from "./steepest.js";

/** Every optimiser that a definition can name. Adding one: its file and a line here. */
export const optimizers = titled(
  {
    steepest,
    heavyBall,
    momentum,
    signum,
    muon,
    muonSignum,
    muonAdam,
    scion,
    adam,
    adamW,
    rmsProp,
    adaGrad,
    lion,
    shampoo,
    mirrorDescent,
    progressiveRescaling,
  },
  coreOptimizers,
);

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

/**
 * The facts of an optimiser for those who choose.
 *
 * @param kind  that of an optimiser of definitions
 * @returns facts about choices of this kind, and its title
 */
export function optimizerFacts(kind: OptimizerChoice["kind"]): OptimizerFacts<OptimizerChoice> & { readonly title: string } {
  return optimizers[kind] as never;
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
  return "norm" in choice ? `${title} in ${symbolOf(normText(choice.norm))}` : title;
}
