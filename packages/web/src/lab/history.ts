import type { TrainWarning } from "@steepest/core";
import type { Row } from "@steepest/experiments";
import type { ArmNews, ArmState, Frame, LensPoint } from "../engine/message.js";

/** Everything that one arm has reported, in the order of its steps. */
export interface ArmHistory extends ArmState {
  readonly frames: Frame[];
  readonly lens: LensPoint[];
  readonly warnings: TrainWarning[];
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

/** Adds news to a history, which is changed in place. */
export function take(history: ArmHistory, { arm: _, frames, lens, warnings, ...state }: ArmNews): void {
  for (const frame of frames) history.frames.push(frame);
  for (const point of lens) history.lens.push(point);
  for (const warning of warnings) history.warnings.push(warning);
  Object.assign(history, state);
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
