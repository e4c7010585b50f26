import { type NormId, norms } from "@steepest/core";
import { type DatasetDefinition, firstStep } from "@steepest/experiments";
import type { RaceSetup } from "./raceSetup.js";

export const defaultSetup: RaceSetup = {
  data: { kind: "moons", trainSize: 60, noise: 0.1, constant: 1 },
  width: 32,
  depth: 1,
  activation: "relu",
  init: { law: "uniformFanIn", scale: 0.5 },
  loss: "exponential",
  reduction: "sum",
  seed: 7,
  steps: 100_000,
  arms: [
    { optimizer: { kind: "steepest", norm: "l2", normalized: true }, step: firstStep },
    { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step: firstStep },
  ],
};

/** Data sets that the menu begins with; the others follow in the order of the registry. */
export const leadingData: readonly DatasetDefinition["kind"][] = ["moons", "xor", "separable", "circles", "points", "teacherStudent"];

/** The norms whose margins the page shows for every arm, beside each arm's own. */
export const shownNorms = ["l1", "l2", "linf", "spectral"] as const satisfies readonly NormId[];

/** Entries of the menu that are offered beside those that race, those that separate the data first. */
export const offeredFirst: readonly string[] = [norms.l2, norms.linf, norms.spectral].map(({ facts }) => facts!.descent!);

/** The entry that is offered next where few weights suffice, and last elsewhere: it moves one weight at a time. */
export const offeredForFewWeights: string = norms.l1.facts!.descent!;

export const offeredLater: readonly string[] = ["adam", "muon"];
