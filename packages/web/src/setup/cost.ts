import { trainSizeOf } from "@steepest/experiments";
import { ownNormOf } from "./definition.js";
import type { RaceSetup } from "./raceSetup.js";

export interface Cost {
  /** Weights of the network. */
  readonly parameters: number;
  /** Multiply-adds of one step of one arm. */
  readonly perStep: number;
  /** Rough seconds for all steps of all arms. */
  readonly seconds: number;
  /** What to know before starting; undefined if nothing. */
  readonly warning: string | undefined;
}

/** Measured in a tab of two busy cores: 128 x 784 with 100 samples makes 9e9, and a step of the default race takes 40 microseconds. */
const multiplyAddsPerSecond = 6e9;
const secondsPerStep = 3e-5;
const slowStepSeconds = 0.03;

function inputDimOf(data: Exclude<RaceSetup["data"], { kind: "file" }>): number {
  if (data.kind === "points") return (data.inputs[0]?.length ?? 0) + (data.constant === 0 ? 0 : 1);
  if (data.kind === "mnistPair") return 784 / (data.pool ?? 1) ** 2;
  return data.kind === "teacherStudent" ? data.inputDim : data.constant === 0 ? 2 : 3;
}

/** What a race will take: passes over every sample and weight, and singular values where a norm needs them. */
export function costOf(setup: RaceSetup): Cost | undefined {
  const { data, width, depth, steps, arms } = setup;
  if (data.kind === "file") return undefined;
  const widths = [inputDimOf(data), ...Array.from({ length: depth }, () => width), 1];
  const sizes = widths.slice(1).map((outputs, layer) => outputs * widths[layer]!);
  const parameters = sizes.reduce((sum, size) => sum + size, 0);
  const passes = 3 * trainSizeOf(data) * parameters;
  const singular = widths
    .slice(1)
    .reduce((sum, outputs, layer) => sum + 30 * outputs * widths[layer]! * Math.min(outputs, widths[layer]!), 0);
  const perArm = arms.map((arm) => passes + (/spectral|nuclear/.test(ownNormOf(arm)) ? singular : 0));
  const perStep = Math.max(...perArm);
  const seconds = steps * perArm.reduce((sum, work) => sum + work / multiplyAddsPerSecond + secondsPerStep, 0);
  const stepSeconds = perStep / multiplyAddsPerSecond;
  const warning =
    stepSeconds > slowStepSeconds
      ? `One step takes ${stepSeconds < 1 ? `about ${Math.round(stepSeconds * 1000)} ms` : durationText(stepSeconds)}, so the buttons will answer late. A smaller width or fewer samples help.`
      : undefined;
  return { parameters, perStep, seconds, warning };
}

/** "about 4 minutes" */
export function durationText(seconds: number): string {
  if (seconds < 1) return "under a second";
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}
