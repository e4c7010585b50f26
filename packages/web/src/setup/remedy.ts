import type { RunOutcome, TrainWarning } from "@steepest/core";
import {
  type OptimizerChoice,
  optimizerFacts,
  rulesFor,
  type StepChange,
  type StepChoice,
  type StepRemedy,
  stepFacts,
} from "@steepest/experiments";
import type { ArmSetup } from "./raceSetup.js";

export interface Remedy {
  readonly arm: ArmSetup;
  /** Text of the button. */
  readonly text: string;
}

/** The step, of the rules for an optimiser, that ends a fault; undefined if there is none. */
function remedyStep(ends: StepRemedy<StepChoice>["ends"], optimizer: OptimizerChoice): StepChange<StepChoice> | undefined {
  return rulesFor(optimizer)
    .map((rule) => stepFacts(rule).remedy)
    .find((remedy) => remedy?.ends === ends);
}

const again = (arm: ArmSetup, change: StepChange<StepChoice> | undefined, first = ""): Remedy | undefined =>
  change && { arm: { ...arm, step: change.step }, text: `Start again ${first}with ${change.text}` };

/**
 * The remedy of an arm that diverged, jumps about, stalled, died of its steps, or loses its margin by steps that are short enough: `steadier` for the
 * last, else paced steps if the optimiser takes them, or takes them normalised, in the same direction, else a tenth of what was too much, or as much less
 * as it takes for decay to leave half of the weights. Undefined where other steps do not help.
 */
export function remedyFor(arm: ArmSetup, outcome: RunOutcome | undefined, warnings: readonly TrainWarning[] = []): Remedy | undefined {
  const { optimizer, step } = arm;
  const { remedy, shorter } = stepFacts(step.rule);
  const goesOn = outcome === undefined || outcome.kind === "finished";
  if (goesOn && warnings.length > 0 && warnings.every(({ what }) => what === "softMarginFall")) return steadier(arm);
  const isPaced = remedy?.ends === "jumps";
  if (outcome?.kind === "stationary-not-separated" && (outcome.step === 0 || isPaced)) return undefined;
  const decayed = warnings.find(({ what }) => what === "overdecay")?.value ?? 0;
  const shortened = () => again(arm, shorter?.(step, Math.max(10, 2 * decayed)));
  if (isPaced) return shortened();
  const paced = remedyStep("jumps", optimizer);
  if (paced) return again(arm, paced);
  const normalized = optimizerFacts(optimizer.kind).normalized?.(optimizer);
  if (normalized) return again({ ...arm, optimizer: normalized }, remedyStep("jumps", normalized), "normalised, ");
  return outcome?.kind === "stalled" ? undefined : shortened(); // a rule that takes steps back has tried shorter ones
}

/** The arm with steps that are judged by its own soft margin, more strictly if they are already; undefined where its optimiser takes none. */
function steadier(arm: ArmSetup): Remedy | undefined {
  const { stricter } = stepFacts(arm.step.rule);
  return again(arm, stricter ? stricter(arm.step) : remedyStep("falls", arm.optimizer));
}
