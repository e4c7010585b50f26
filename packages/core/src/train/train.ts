import { kernelsFrom } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireFunction, requireInteger, requireList, requireObject, requireText } from "../check/require.js";
import { type PartKind, requirePart } from "../check/requirePart.js";
import { checkHost, type TrainHost, type TrainOptions } from "./options.js";
import type { RunOutcome } from "./outcome.js";
import type { TrainPoint } from "./point.js";
import { type RecordSchedule, recordPoints } from "./recordPoints.js";
import { Training } from "./training.js";
import { type TrainWarning, warningsOf } from "./warnings.js";

/** The members of a training that `drive` uses. */
export type Driven = Pick<
  Training,
  "step" | "logRisk" | "outcome" | "perfectAccuracyStep" | "separationStep" | "warningFacts" | "advance" | "inspect" | "point"
>;

/** The kind of trainings. */
export const trainingPart: PartKind<Driven> = {
  what: "a Training",
  hint: "new Training(options, host) makes one",
  functions: ["advance", "inspect", "point"],
};

/** Steps between two pulls of a consumer, when no point is due and no other number was asked for. */
const usualPull = 16;

export type TrainEvent =
  | { readonly kind: "point"; readonly point: TrainPoint }
  /** `logRisk` is `Training.logRisk`: with mini-batches that of the last epoch's end. */
  | { readonly kind: "progress"; readonly step: number; readonly logRisk: number }
  | TrainWarning;

/** Points and warnings that were yielded. Plain data: with `Training.state()` of the same moment it lets another `drive` go on. */
export interface Told {
  /** The step of the last point; -1 before there is one. */
  lastPoint: number;
  /** Kinds of the warnings. */
  readonly warnings: TrainWarning["what"][];
}

export interface DriveOptions {
  /** Kept up to date while the training is driven; a copy of it, beside the state of the training, is where to go on. Default nothing told yet. */
  readonly told?: Told | undefined;
  /**
   * Called wherever `told` and the state of the training may be kept: before every step, when all points and warnings so far were taken, and once at an end by the
   * stop rule, when `training.outcome` is there. A state from there is one of the run with a later stop too: the last point is still to come where that has none.
   */
  readonly atRest?: (() => void) | undefined;
}

/**
 * Pulls a training along and yields its record points: log-spaced steps, those asked for, the steps of perfect accuracy and of separation, and the
 * last one. Between points it yields `progress` every `stepsPerPull` steps, so that a consumer can stop, breathe or report: 1 lets it see every step.
 * Returns the outcome.
 *
 * @param training      advanced by every pull
 * @param schedule      the record points
 * @param host          provides the kernels for the schedule
 * @param stepsPerPull  most steps between two events
 * @param options       what was told already, where the training goes on from a state; and a listener
 * @returns a generator of points, progress and warnings, whose return value is the outcome
 */
export function* drive(
  training: Driven,
  schedule: RecordSchedule,
  host: TrainHost,
  stepsPerPull: number = usualPull,
  options: DriveOptions = {},
): Generator<TrainEvent, RunOutcome> {
  requirePart("training", training, trainingPart);
  requireInteger("stepsPerPull", stepsPerPull, 1);
  const points = recordPoints(kernelsFrom("host.kernels", checkHost(host), 0), schedule);
  const { told = { lastPoint: -1, warnings: [] }, atRest } = knownOptions("drive", options, { told: true, atRest: true });
  checkTold(told);
  if (atRest !== undefined) requireFunction("drive.atRest", atRest);
  let sincePull = 0;
  for (;;) {
    const { step } = training;
    const isNew = step !== told.lastPoint; // a step that is taken back may end the run where the last point lies
    const due = isNew && (points.isDue(step) || training.perfectAccuracyStep === step || training.separationStep === step);
    const isStopped = training.outcome?.kind === "finished";
    if (isStopped && isNew && !due) atRest?.();
    if (due || training.outcome) training.inspect();
    const { outcome } = training;
    if (due || (outcome && isNew)) {
      if (outcome?.kind !== "diverged") {
        told.lastPoint = step;
        const point = training.point();
        yield { kind: "point", point };
        for (const warning of warningsOf(point, training.warningFacts)) {
          if (told.warnings.includes(warning.what)) continue;
          told.warnings.push(warning.what);
          yield warning;
        }
      }
      sincePull = 0;
    } else if (++sincePull === stepsPerPull) {
      yield { kind: "progress", step, logRisk: training.logRisk };
      sincePull = 0;
    }
    if (outcome) {
      if (isStopped && outcome.kind === "finished" && !(isNew && !due)) atRest?.();
      return outcome;
    }
    atRest?.();
    training.advance();
  }
}

/** @throws DefinitionError  unless it has a step and a list */
function checkTold(told: Told): void {
  const { lastPoint, warnings } = knownOptions("drive.told", requireObject("drive.told", told), { lastPoint: true, warnings: true });
  requireInteger("drive.told.lastPoint", lastPoint, -1);
  for (const [i, kind] of requireList("drive.told.warnings", warnings, "kinds of warnings").entries())
    requireText(`drive.told.warnings[${i}]`, kind);
}

/**
 * A whole run as a generator of its record points.
 *
 * @param options   everything that decides the run
 * @param schedule  the record points
 * @param host      provides the kernels
 * @returns a generator of points, whose return value is the outcome
 * @throws DefinitionError, DimensionError, DataError, ArenaFullError  before the first point
 */
export function* train(options: TrainOptions, schedule: RecordSchedule, host: TrainHost): Generator<TrainPoint, RunOutcome> {
  const events = drive(new Training(options, host), schedule, host);
  for (;;) {
    const next = events.next();
    if (next.done) return next.value;
    if (next.value.kind === "point") yield next.value.point;
  }
}
