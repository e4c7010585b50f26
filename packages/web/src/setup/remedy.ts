import type { RunOutcome, TrainWarning } from "@steepest/core";
import { rulesFor } from "./choices.js";
import type { ArmSetup } from "./raceSetup.js";

export interface Remedy {
  readonly arm: ArmSetup;
  /** Text of the button. */
  readonly text: string;
}

/** Tolerant enough to pass the kinks of ReLU networks. */
const judging = { rule: "backtracking", relativeSize: 0.02, tolerance: 1e-5 } as const;

const paced = { rule: "marginPaced", c: 0.25 } as const;

/**
 * The remedy of an arm that diverged, jumps about, stalled, died of its steps, or loses its margin by steps that are short enough: `steadier` for the
 * last, else margin-paced steps if the optimiser takes them, for unnormalised steepest descent in the same direction, else a tenth of what was too much,
 * or as much less as it takes for decay to leave half of the weights. Undefined where other steps do not help.
 */
export function remedyFor(arm: ArmSetup, outcome: RunOutcome | undefined, warnings: readonly TrainWarning[] = []): Remedy | undefined {
  const { optimizer, step } = arm;
  const goesOn = outcome === undefined || outcome.kind === "finished";
  if (goesOn && warnings.length > 0 && warnings.every(({ what }) => what === "softMarginFall")) return steadier(arm);
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

/** The arm with steps that are judged by its own soft margin, more strictly if they are already; undefined where its optimiser takes none. */
function steadier(arm: ArmSetup): Remedy | undefined {
  const { optimizer, step } = arm;
  if (step.rule === "backtracking") {
    const tolerance = Number((step.tolerance / 10).toPrecision(3));
    return { arm: { ...arm, step: { ...step, tolerance } }, text: `Start again with tolerance ${tolerance}` };
  }
  return rulesFor(optimizer).includes("backtracking")
    ? { arm: { ...arm, step: judging }, text: "Start again with backtracking" }
    : undefined;
}
