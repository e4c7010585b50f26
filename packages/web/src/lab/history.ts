import type { RunOutcome, TrainWarning } from "@steepest/core";
import type { Row } from "@steepest/experiments";
import type { ArmNews, Frame, LensPoint, Picture } from "../engine/message.js";

/** Everything that one arm has reported, in the order of its steps. */
export interface ArmHistory {
  readonly frames: Frame[];
  readonly lens: LensPoint[];
  readonly warnings: TrainWarning[];
  step: number;
  logRisk: number;
  /** The picture at `step`, if that is not the last frame's. */
  picture: Picture | undefined;
  /** The frame at `step`, if the race stands still and that is not the last frame. */
  now: Frame | undefined;
  outcome: RunOutcome | undefined;
  perfectAccuracyStep: number | undefined;
  separationStep: number | undefined;
}

export function emptyHistory(): ArmHistory {
  return {
    frames: [],
    lens: [],
    warnings: [],
    step: 0,
    logRisk: Number.NaN,
    picture: undefined,
    now: undefined,
    outcome: undefined,
    perfectAccuracyStep: undefined,
    separationStep: undefined,
  };
}

export function take(history: ArmHistory, news: ArmNews): void {
  for (const frame of news.frames) history.frames.push(frame);
  for (const point of news.lens) history.lens.push(point);
  for (const warning of news.warnings) history.warnings.push(warning);
  history.step = news.step;
  history.logRisk = news.logRisk;
  history.picture = news.picture;
  history.now = news.now;
  history.outcome = news.outcome;
  history.perfectAccuracyStep = news.perfectAccuracyStep;
  history.separationStep = news.separationStep;
}

/** The frame that an arm stood at: the last one at or before `step`. An arm that has ended stays at its last. */
export function frameAt({ frames }: ArmHistory, step: number): Frame | undefined {
  return frames.findLast(({ row }) => row.step <= step);
}

/** The risk at the first and at the last recorded step of an arm that separated nothing and ended higher than it began: its steps were too long. */
export function grownRisk({ frames, separationStep }: ArmHistory): readonly [number, number] | undefined {
  const [first, last] = [frames[0]?.row.logRisk, frames.at(-1)?.row.logRisk];
  return separationStep === undefined && first !== undefined && last !== undefined && last > first ? [first, last] : undefined;
}

/** True if an arm has separated the data and lost that again: its soft margin is no longer positive. */
export function hasLostSeparation({ frames, separationStep }: ArmHistory): boolean {
  const last = frames.at(-1)?.row;
  return separationStep !== undefined && last !== undefined && last.step > separationStep && !(last["softMargin.own"]! > 0);
}

export const rowsOf = (histories: readonly ArmHistory[]): Row[][] => histories.map(({ frames }) => frames.map(({ row }) => row));

/** Every step at which some arm was recorded, in order. */
export function recordedSteps(histories: readonly ArmHistory[]): number[] {
  return [...new Set(histories.flatMap(({ frames }) => frames.map(({ row }) => row.step)))].sort((a, b) => a - b);
}
