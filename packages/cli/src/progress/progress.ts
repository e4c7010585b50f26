import type { RunOutcome, SteepestError, TrainWarning } from "@steepest/core";
import { numberText, type PlannedRun, type Row } from "@steepest/experiments";
import type { Owner } from "@steepest/node";
import { commandHint, commandMessage } from "../hints.js";

/** The display of a study under way, for people or machines. Nothing here reaches a result. */
export interface Progress {
  begin(counts: { readonly total: number; readonly reused: number }): void;
  /** Something is to be known about the data of all runs. After `begin`. */
  remark(text: string): void;
  /** A process of another system has marked the run's folder; for half a minute at most this one watches whether it still runs. */
  wait(run: Named, owner: Owner): void;
  start(run: PlannedRun): void;
  /** The run goes on at a step; `folder`: of the shorter run that it is the continuation of. Before `start`. */
  resume(run: Named, step: number, folder: string | undefined): void;
  /** A checkpoint could not be taken or written; the run goes on without it. */
  unkept(run: Named, error: SteepestError): void;
  row(run: PlannedRun, row: Row): void;
  step(run: PlannedRun, step: number, logRisk: number): void;
  /** Something is wrong with a run that goes on. */
  warn(run: PlannedRun, warning: TrainWarning): void;
  finish(run: PlannedRun, outcome: RunOutcome): void;
  /** A run has ended with an error; the others go on. */
  fail(run: Named, error: SteepestError): void;
  /** The last call, after a regular end or an error. */
  end(): void;
}

/** A run by the names that people know it by. */
export type Named = Pick<PlannedRun, "arm" | "seed">;

export function runLabel({ arm, seed }: Named): string {
  return `${arm} s${seed}`;
}

/** "finished at step 5000", "log risk below -16.1 at step 81", "diverged at step 7 (scores)" */
export function outcomeText(outcome: RunOutcome): string {
  if (outcome.kind === "diverged") {
    const how = outcome.what === "underflow" ? "the gradient is 0 only because no double is so small" : `${outcome.what} no longer finite`;
    return `diverged at step ${outcome.step} (${how})`;
  }
  if (outcome.kind === "stationary-not-separated") return `stationary at step ${outcome.step} without separating the data`;
  if (outcome.kind === "stalled") return `stalled at step ${outcome.step}: no smaller step is accepted`;
  if (outcome.reason === "zeroRisk") return `reached a risk of 0 at step ${outcome.step}`;
  return outcome.reason === "steps" ? `finished at step ${outcome.step}` : `reached its log risk at step ${outcome.step}`;
}

const warningWords: Readonly<Record<TrainWarning["what"], (value: number) => string>> = {
  chatter: (value) => `a step changes sample margins by up to ${numberText(value)} (chatter): own margins may fall`,
  softMarginFall: (value) =>
    `the own soft margin, which theory expects to grow, has fallen by ${numberText(100 * value)} % of its peak: the steps do not follow the flow`,
  deadSamples: (value) =>
    `${value === 1 ? "1 sample is" : `${value} samples are`} dead (score and gradient 0): only steps of other samples can change that`,
  underflow: (value) => `${value === 1 ? "1 sample has" : `${value} samples have`} a score or gradient so small that no double holds it`,
  lostUpdates: () => "rounding swallows every step along the gradient",
  stagnation: (value) =>
    `the log risk has gone up and down for ${numberText(value)} steps without falling (stagnation): they undo each other`,
  overdecay: (value) =>
    `decay has taken ${numberText(value)} times the weights in one step: they turn around and leave the ball that it keeps them in`,
};

/** "warning sign s0: at step 120 a step changes sample margins by up to 3.1 (chatter): own margins may fall; use a smaller size or marginPaced" */
export function warningText(run: Named, warning: TrainWarning): string {
  return `warning ${runLabel(run)}: ${warningSentence(warning)}`;
}

/** "at step 120 a step changes sample margins by up to 3.1 (chatter): own margins may fall; use a smaller size or marginPaced" */
export function warningSentence({ what, step, value, advice }: TrainWarning): string {
  return `at step ${step} ${warningWords[what](value)}${advice ? `; ${advice}` : ""}`; // earlier runs have none
}

/** "warning data: x7 holds 3 in every sample, ..." */
export const remarkText = (text: string): string => `warning ${text}`;

/** "sign s0  waits for process 17 on node-3: does it still run?" */
export function waitText(run: Named, { pid, host }: Owner): string {
  return `${runLabel(run)}  waits for process ${pid} on ${host}: does it still run?`;
}

/** "sign s0  goes on at step 1200", or "sign s0  continues runs/x/sign-s0-0123456789ab at step 1200" */
export function resumeText(run: Named, step: number, folder: string | undefined): string {
  return folder === undefined ? `${runLabel(run)}  goes on at step ${step}` : `${runLabel(run)}  continues ${folder} at step ${step}`;
}

/** "warning sign s0: checkpoint.safetensors: is damaged ..." */
export function unkeptText(run: Named, { message }: SteepestError): string {
  return `warning ${runLabel(run)}: ${commandMessage(message)}`;
}

/** "error sign s0: ..." with the remedy, in the form of every error of the command line. */
export function failureText(run: Named, { message, hint }: SteepestError): string {
  return `error ${runLabel(run)}: ${commandMessage(message)}${hint === undefined ? "" : `\nhint: ${commandHint(hint)}`}`;
}
