import type { RunOutcome } from "@steepest/core";
import type { StepChoice } from "@steepest/experiments";
import { rulesFor } from "./choices.js";
import type { ArmSetup } from "./raceSetup.js";

export interface Remedy {
  readonly step: StepChoice;
  /** What the button says. */
  readonly text: string;
}

const paced = 0.25;

/** A step that helps where an arm diverged or jumps about: margin-paced where the optimiser takes it, else a tenth of what was too much. */
export function remedyFor({ optimizer, step }: ArmSetup, outcome: RunOutcome | undefined): Remedy | undefined {
  if (outcome?.kind === "stationary-not-separated" || outcome?.kind === "stalled") return undefined;
  if (step.rule !== "marginPaced" && rulesFor(optimizer).includes("marginPaced")) {
    return { step: { rule: "marginPaced", c: paced }, text: "Start again with margin-paced steps" };
  }
  if (step.rule === "marginPaced")
    return { step: { ...step, c: step.c / 10 }, text: `Start again with c = ${Number((step.c / 10).toPrecision(3))}` };
  if (!("size" in step)) return undefined;
  const size = step.size / 10;
  return { step: { ...step, size }, text: `Start again with step size ${Number(size.toPrecision(3))}` };
}
