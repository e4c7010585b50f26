import type { RunOutcome } from "@steepest/core";
import type { VNode } from "preact";
import { type ArmHistory, grownRisk, hasLostSeparation } from "../lab/history.js";
import type { Laboratory } from "../lab/laboratory.js";
import type { ArmSetup } from "../setup/raceSetup.js";
import { remedyFor } from "../setup/remedy.js";
import { countText, riskText } from "./numberText.js";
import { What } from "./What.js";
import { warningText } from "./warningText.js";

const places: Readonly<Record<Exclude<Extract<RunOutcome, { kind: "diverged" }>["what"], "underflow">, string>> = {
  scores: "a score",
  logRisk: "the risk",
  gradient: "the gradient",
  parameters: "a weight",
  stepLength: "the step's length",
};

function outcomeText(outcome: RunOutcome, history: ArmHistory): string {
  const at = `step ${countText(outcome.step)}`;
  switch (outcome.kind) {
    case "diverged":
      return outcome.what === "underflow"
        ? `Underflowed at ${at}: the gradient is zero only because no double is so small.`
        : `Diverged at ${at}: ${places[outcome.what]} stopped being finite.`;
    case "stationary-not-separated":
      return `Stuck at ${at}: the gradient is exactly zero although the data are not separated.`;
    case "stalled":
      return `Stalled at ${at}: every step that the rule tried was taken back.`;
    case "finished":
      if (outcome.reason === "zeroRisk") return `Finished at ${at}: every score is its target.`;
      return outcome.reason === "steps" ? finishedText(at, history) : `Stopped at ${at}: the risk is as small as asked for.`;
  }
}

function finishedText(at: string, history: ArmHistory): string {
  if (hasLostSeparation(history)) {
    return `Finished at ${at}, having lost the separation of step ${countText(history.separationStep!)} again.`;
  }
  const grown = grownRisk(history);
  if (grown)
    return `Finished at ${at} further from separating the data than it began: the risk grew from ${grown.map((logRisk) => riskText(logRisk)).join(" to ")}.`;
  return history.separationStep === undefined ? `Finished at ${at} without separating the data.` : `Finished at ${at}.`;
}

interface NoteProps {
  readonly lab: Laboratory;
  readonly index: number;
  readonly name: string;
  readonly arm: ArmSetup;
  readonly history: ArmHistory;
}

/** The outcome of an arm, its warnings, and remedies. */
export function OutcomeNote({ lab, index, name, arm, history }: NoteProps): VNode | null {
  const { outcome, warnings } = history;
  if (!outcome && warnings.length === 0) return null;
  const bad = outcome !== undefined && (outcome.kind !== "finished" || grownRisk(history) !== undefined || hasLostSeparation(history));
  const tooLong = warnings.some(({ what }) => ["chatter", "softMarginFall", "overdecay", "stagnation"].includes(what));
  const remedy = bad || tooLong ? remedyFor(arm, outcome, warnings) : undefined;
  const { setup } = lab;
  return (
    <div class={bad ? "outcome refusal" : "outcome"}>
      {outcome && (
        <p role={bad ? "alert" : undefined}>
          {outcome.kind === "diverged" ? <What id="divergence">{outcomeText(outcome, history)}</What> : outcomeText(outcome, history)}
        </p>
      )}
      {warnings.map((warning) => (
        <p key={warning.what} class="warning">
          {warningText(warning)}
        </p>
      ))}
      {remedy && (
        <button
          type="button"
          aria-label={`${remedy.text}, for ${name}`}
          onClick={() =>
            lab.change({ ...setup.value, arms: setup.value.arms.map((other, i) => (i === index ? remedy.arm : other)) }, "start")
          }
        >
          {remedy.text}
        </button>
      )}
    </div>
  );
}
