import type { KernelFactory } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import type { Loss } from "../loss/loss.js";
import { checkData, type LabelledData } from "../network/data.js";
import { checkInit, type Init } from "../network/init.js";
import type { Network } from "../network/network.js";
import type { Norm } from "../norm/norm.js";
import type { Optimizer } from "../optimizer/optimizer.js";
import { requireInteger } from "../require.js";
import type { StepRule } from "../step/stepRule.js";

/** When a run ends by itself; without either it goes on until its consumer stops pulling. */
export interface StopRule {
  readonly steps?: number;
  readonly logRiskBelow?: number;
}

/** Everything that decides a run. Same options, same bits, on every engine and on either `Kernels`. */
export interface TrainOptions {
  readonly network: Network;
  readonly data: LabelledData;
  /** Scored at record points only. */
  readonly testData?: LabelledData;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly step: StepRule;
  readonly init: Init;
  /** Draws the initial parameters. */
  readonly seed: number;
  readonly stop?: StopRule;
  /** Norms whose margins are reported, besides the optimiser's own; by default every norm of the registry. */
  readonly track?: readonly Norm[];
  /** true: the own soft margin is measured after every step, for `TrainPoint.worstSoftMarginDrop`. Default false. */
  readonly watchSoftMargin?: boolean;
}

/** Where the arithmetic happens. */
export interface TrainHost {
  readonly kernels: KernelFactory;
}

/**
 * @throws DefinitionError, DimensionError, DataError  whatever cannot be trained, before any memory is taken
 */
export function checkTrainOptions({ network, data, testData, optimizer, step, init, seed, stop }: TrainOptions): void {
  checkData("data", data, true);
  if (testData) checkData("testData", testData, false);
  checkInit(network, init);
  requireInteger("seed", seed, 0);
  checkStepRule(step, optimizer);
  if (stop?.steps !== undefined) requireInteger("stop.steps", stop.steps, 0);
  if (stop?.logRiskBelow !== undefined && !Number.isFinite(stop.logRiskBelow)) {
    throw new DefinitionError(`stop.logRiskBelow: must be finite, got ${stop.logRiskBelow}`, {
      path: "stop.logRiskBelow",
      value: stop.logRiskBelow,
    });
  }
}

/** @throws DefinitionError  if the rule's sizes have no meaning for the optimiser's steps */
export function checkStepRule(step: StepRule, optimizer: Optimizer): void {
  if (step.appliesTo === "any" || step.appliesTo === optimizer.lengthUnit) return;
  const wanted = step.appliesTo === "unit" ? "a normalised optimiser" : "unnormalised steepest descent";
  const got = `${optimizer.id}, whose steps ${optimizer.lengthUnit === "unit" ? "do not scale" : "scale"} with the gradient`;
  throw new DefinitionError(`step.rule: ${step.id} is for ${wanted}, got ${got}`, {
    path: "step.rule",
    value: step.id,
    hint:
      step.appliesTo === "unit"
        ? "set normalized: true, or use constant, powerLaw or lossBased"
        : "set normalized: false, or use constant, powerLaw or marginPaced",
  });
}
