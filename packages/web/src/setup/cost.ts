import type { Decomposition } from "@steepest/core";
import { buildOptimizer, datasetSizes } from "@steepest/experiments";
import { pointsPerDecade } from "./definition.js";
import { matricesOf, type UsedMatrix } from "./network.js";
import type { RaceSetup } from "./raceSetup.js";

export interface Cost {
  /** Weights of the network. */
  readonly parameters: number;
  /** Multiply-adds of one step of one arm. */
  readonly perStep: number;
  /** Rough seconds for all steps of all arms. */
  readonly seconds: number;
  /** Warning before the start; undefined if there is none. */
  readonly warning: string | undefined;
}

/**
 * Multiply-adds per second, measured in a tab of two busy cores: 128 x 784 with 100 samples makes 9e9, and a step of the default race takes 40 microseconds.
 */
const multiplyAddsPerSecond = 6e9;
/** Time of a multiply-add of a filter, in that of one of a dense layer; measured on 28 x 28 with margin-paced steps, which see every sample's gradient. */
const filterSlowness = 2.5;
const secondsPerStep = 3e-5;
const slowStepSeconds = 0.03;
/** Seconds that a record may take without a warning: few steps are recorded, but nearly all of the first ones. */
const slowRecordSeconds = 0.1;

/** Multiply-adds of the decompositions that an optimiser makes of each matrix in every step; measured, as multiples of what they grow with. */
const decompositionWork: Readonly<Record<Decomposition, (matrix: UsedMatrix) => number>> = {
  polar: ({ rows, columns }) => 30 * rows * columns * Math.min(rows, columns),
  newtonSchulz: ({ rows, columns }) => 15 * rows * columns * Math.min(rows, columns),
  roots: ({ rows, columns }) => 30 * (rows ** 3 + columns ** 3),
};

/** About how many steps are recorded: all of the first ten, then so many a decade. */
const recordsOf = (steps: number): number => Math.min(steps, 10) + pointsPerDecade * Math.max(0, Math.log10(steps / 10));

/** The cost of a race: passes over every sample and weight, decompositions where steps need them, and singular values for the record. */
export function costOf(setup: RaceSetup): Cost | undefined {
  const { data, steps, arms } = setup;
  if (data.kind === "dropped") return undefined;
  const { trainSize } = datasetSizes(data);
  const matrices = matricesOf(setup, data);
  const sum = (work: (matrix: UsedMatrix) => number): number => matrices.reduce((all, matrix) => all + work(matrix), 0);
  const parameters = sum(({ rows, columns }) => rows * columns);
  const passes = 3 * trainSize * sum(({ rows, columns, places }) => rows * columns * places);
  const slowdown = 3 * trainSize * sum(({ rows, columns, places }) => (places > 1 ? (filterSlowness - 1) * rows * columns * places : 0));
  const perArm = arms.map(({ optimizer }) =>
    (buildOptimizer(optimizer).decompositions ?? []).reduce((work, made) => work + sum(decompositionWork[made]), passes),
  );
  const recorded = sum(decompositionWork.polar) / multiplyAddsPerSecond;
  const perStep = Math.max(...perArm);
  const secondsOf = (work: number): number => (work + slowdown) / multiplyAddsPerSecond;
  const stepping = steps * perArm.reduce((all, work) => all + secondsOf(work) + secondsPerStep, 0);
  const seconds = stepping + recordsOf(steps) * arms.length * recorded;
  return { parameters, perStep, seconds, warning: warningOf(secondsOf(perStep), recorded) };
}

function warningOf(step: number, record: number): string | undefined {
  const late = "so the buttons will answer late. A smaller width or fewer samples help.";
  if (step > slowStepSeconds) return `One step takes ${momentText(step)}, ${late}`;
  return record > slowRecordSeconds ? `Measuring a recorded step takes ${momentText(record)}, ${late}` : undefined;
}

const momentText = (seconds: number): string => (seconds < 1 ? `about ${Math.round(seconds * 1000)} ms` : durationText(seconds));

/** "about 4 minutes" */
export function durationText(seconds: number): string {
  if (seconds < 1) return "under a second";
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}
