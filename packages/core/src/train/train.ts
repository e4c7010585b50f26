import { kernelsFrom } from "@steepest/kernels";
import { requireInteger } from "../check/require.js";
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

/**
 * Pulls a training along and yields its record points: log-spaced steps, those asked for, the steps of perfect accuracy and of separation, and the
 * last one. Between points it yields `progress` every `stepsPerPull` steps, so that a consumer can stop, breathe or report: 1 lets it see every step.
 * Returns the outcome.
 *
 * @param training      advanced by every pull
 * @param schedule      the record points
 * @param host          provides the kernels for the schedule
 * @param stepsPerPull  most steps between two events
 * @returns a generator of points, progress and warnings, whose return value is the outcome
 */
export function* drive(
  training: Driven,
  schedule: RecordSchedule,
  host: TrainHost,
  stepsPerPull: number = usualPull,
): Generator<TrainEvent, RunOutcome> {
  requirePart("training", training, trainingPart);
  requireInteger("stepsPerPull", stepsPerPull, 1);
  const points = recordPoints(kernelsFrom("host.kernels", checkHost(host), 0), schedule);
  const told = new Set<string>();
  let sincePull = 0;
  let lastPoint = -1;
  for (;;) {
    const { step } = training;
    const isNew = step !== lastPoint; // a step that is taken back may end the run where the last point lies
    const due = isNew && (points.isDue(step) || training.perfectAccuracyStep === step || training.separationStep === step);
    if (due || training.outcome) training.inspect();
    const { outcome } = training;
    if (due || (outcome && isNew)) {
      if (outcome?.kind !== "diverged") {
        lastPoint = step;
        const point = training.point();
        yield { kind: "point", point };
        for (const warning of warningsOf(point, training.warningFacts)) {
          if (told.has(warning.what)) continue;
          told.add(warning.what);
          yield warning;
        }
      }
      sincePull = 0;
    } else if (++sincePull === stepsPerPull) {
      yield { kind: "progress", step, logRisk: training.logRisk };
      sincePull = 0;
    }
    if (outcome) return outcome;
    training.advance();
  }
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
