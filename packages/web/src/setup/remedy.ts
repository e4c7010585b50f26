import type { RunOutcome, TrainWarning } from "@steepest/core";
import { rulesFor } from "./choices.js";
import type { ArmSetup } from "./raceSetup.js";

export interface Remedy {
  readonly arm: ArmSetup;
  /** Text of the button. */
  readonly text: string;
}

const paced = { rule: "marginPaced", c: 0.25 } as const;

/**
 * The remedy of an arm that diverged, jumps about, stalled, or died of its steps: margin-paced steps if the optimiser takes them, for unnormalised steepest
 * descent in the same direction, else a tenth of what was too much, or as much less as it takes for decay to leave half of the weights. Undefined where other
 * steps do not help.
 */
export function remedyFor(arm: ArmSetup, outcome: RunOutcome | undefined, warnings: readonly TrainWarning[] = []): Remedy | undefined {
  const { optimizer, step } = arm;
  const decayed = warnings.find(({ what }) => what === "overdecay")?.value ?? 0;
  const shorter = (size: number): number => Number((size / Math.max(10, 2 * decayed)).toPrecision(3));
  if (outcome?.kind === "stationary-not-separated" && (outcome.step === 0 || step.rule === "marginPaced")) return undefined;
  if (step.rule === "marginPaced") {
    const c = shorter(step.c);
    return { arm: { ...arm, step: { ...step, c } }, text: `Start again with c = ${c}` };
  }
  if (rulesFor(optimizer).includes("marginPaced")) {
    return { arm: { ...arm, step: paced }, text: "Start again with margin-paced steps" };
  }
  if (optimizer.kind === "steepest" && !optimizer.normalized) {
    return {
      arm: { ...arm, optimizer: { ...optimizer, normalized: true }, step: paced },
      text: "Start again normalised, with margin-paced steps",
    };
  }
  if (!("size" in step) || outcome?.kind === "stalled") return undefined; // a rule that takes steps back has tried shorter ones
  const size = shorter(step.size);
  return { arm: { ...arm, step: { ...step, size } }, text: `Start again with step size ${size}` };
}
