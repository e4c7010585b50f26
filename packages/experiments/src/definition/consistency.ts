import { checkInit, checkStepRule, DefinitionError, normShape, type Optimizer } from "@steepest/core";
import { trainSizeOf } from "../dataset/registry.js";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer, type OptimizerChoice } from "../optimizer/registry.js";
import { buildStepRule } from "../step/registry.js";
import type { ArmDefinition, ExperimentDefinition } from "./definition.js";

/** What the schema cannot say, said before any run starts: the network, every optimiser and every step rule can be built, and they fit each other. */
export function checkConsistency({ dataset, network, arms }: ExperimentDefinition): void {
  const builtNetwork = within("network", () => buildNetwork(network, 1)); // the input dimension comes from the data and decides nothing here
  within("network", () => checkInit(builtNetwork, network.init));
  const blocks = normShape(builtNetwork.layout).blocks.length;
  for (const [name, arm] of Object.entries(arms)) {
    checkArm(`arms.${name}`, arm, blocks);
    if (arm.batch && arm.batch.size > trainSizeOf(dataset)) refuseBatch(`arms.${name}.batch.size`, arm.batch.size, trainSizeOf(dataset));
  }
}

/** In every phase, whatever it leaves as it was included. */
function checkArm(path: string, { optimizer, step, phases = [], batch }: ArmDefinition, blocks: number): void {
  let flying = checkOptimizer(path, optimizer, blocks);
  let pacing = within(path, () => buildStepRule(step));
  within(path, () => checkStepRule(pacing, flying, batch !== undefined));
  for (const [i, phase] of phases.entries()) {
    const here = `${path}.phases[${i}]`;
    if (phase.optimizer) flying = checkOptimizer(here, phase.optimizer, blocks);
    const { step: next } = phase;
    if (next) pacing = within(here, () => buildStepRule(next));
    within(here, () => checkStepRule(pacing, flying, batch !== undefined));
  }
}

function checkOptimizer(path: string, choice: OptimizerChoice, blocks: number): Optimizer {
  const built = within(`${path}.optimizer`, () => buildOptimizer(choice));
  within(`${path}.optimizer.norm`, () => built.ownNorm.checkBlocks?.(blocks));
  return built;
}

function refuseBatch(path: string, value: number, trainSize: number): never {
  throw new DefinitionError(`${path}: must be at most dataset.trainSize = ${trainSize}, got ${value}`, { path, value });
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
