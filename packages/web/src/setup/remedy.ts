import type { RunOutcome } from "@steepest/core";
import { rulesFor } from "./choices.js";
import type { ArmSetup } from "./raceSetup.js";

export interface Remedy {
  readonly arm: ArmSetup;
  /** What the button says. */
  readonly text: string;
}

const paced = { rule: "marginPaced", c: 0.25 } as const;

/**
 * What helps where an arm diverged, jumps about, stalled, or died of its steps: margin-paced steps where the optimiser takes them, for unnormalised steepest descent in the
 * same direction, else a tenth of what was too much. Undefined where other steps do not help.
 */
export function remedyFor(arm: ArmSetup, outcome: RunOutcome | undefined): Remedy | undefined {
  const { optimizer, step } = arm;
  if (outcome?.kind === "stationary-not-separated" && (outcome.step === 0 || step.rule === "marginPaced")) return undefined;
  if (step.rule === "marginPaced") {
    const c = Number((step.c / 10).toPrecision(3));
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
  const size = Number((step.size / 10).toPrecision(3));
  return { arm: { ...arm, step: { ...step, size } }, text: `Start again with step size ${size}` };
}
