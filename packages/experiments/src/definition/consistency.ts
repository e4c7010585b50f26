import { checkInit, checkStepRule, DefinitionError, normShape } from "@steepest/core";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import { buildStepRule } from "../step/registry.js";
import type { ExperimentDefinition } from "./definition.js";

/** What the schema cannot say, said before any run starts: the network, every optimiser and every step rule can be built, and they fit each other. */
export function checkConsistency({ network, arms }: ExperimentDefinition): void {
  const builtNetwork = within("network", () => buildNetwork(network, 1)); // the input dimension comes from the data and decides nothing here
  within("network", () => checkInit(builtNetwork, network.init));
  const blocks = normShape(builtNetwork.layout).blocks.length;
  for (const [arm, { optimizer, step }] of Object.entries(arms)) {
    const built = within(`arms.${arm}.optimizer`, () => buildOptimizer(optimizer));
    within(`arms.${arm}.optimizer.norm`, () => built.ownNorm.checkBlocks?.(blocks));
    within(`arms.${arm}`, () => checkStepRule(buildStepRule(step), built));
  }
}

/** Core knows the path inside a part; the definition knows where the part stands. */
function within<T>(part: string, build: () => T): T {
  try {
    return build();
  } catch (cause) {
    if (!(cause instanceof DefinitionError)) throw cause;
    const { message, value, hint } = cause;
    const path = `${part}.${cause.path}`;
    const what = message.slice(message.indexOf(": ") + 2);
    throw new DefinitionError(`${path}: ${what}`, { path, value, cause, ...(hint !== undefined && { hint }) });
  }
}
