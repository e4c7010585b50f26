import { contradictionsOf, contradictionText, DataError, type LabelledData } from "@steepest/core";
import { build, oneOf } from "../definition/choice.js";
import type { z } from "../definition/zod.js";
import { circles } from "./circles.js";
import type { DatasetChoice, DatasetFiles, DatasetHost, DatasetSizes, DrawData, DrawnData } from "./dataset.js";
import { type MnistPairChoice, mnistPair } from "./mnistPair.js";
import { moons } from "./moons.js";
import type { PlaneChoice } from "./plane.js";
import { type PointsChoice, points } from "./points.js";
import { separable } from "./separable.js";
import { type TeacherStudentChoice, teacherStudent } from "./teacherStudent.js";
import { xor } from "./xor.js";

export type DatasetDefinition =
  | MnistPairChoice
  | TeacherStudentChoice
  | PlaneChoice<"moons">
  | PlaneChoice<"xor">
  | PlaneChoice<"separable">
  | PlaneChoice<"circles">
  | PointsChoice;

/** Every data set that a definition can name. Adding one: its file and a line here. */
export const datasets: { readonly [K in DatasetDefinition["kind"]]: DatasetChoice<Extract<DatasetDefinition, { readonly kind: K }>> } = {
  mnistPair,
  teacherStudent,
  moons,
  xor,
  separable,
  circles,
  points,
};

export const datasetSchema: z.ZodType<DatasetDefinition> = oneOf("kind", datasets);

/**
 * Draws a data set.
 *
 * @param choice  a data set of a definition
 * @param seed    a non-negative safe integer
 * @param host    provides kernels and files
 * @returns training samples, and test samples if the data set has any
 * @throws DefinitionError, DataError  if the data cannot be drawn, or a file is missing or damaged
 */
export function drawData(choice: DatasetDefinition, seed: number, host: DatasetHost): Promise<DrawnData> {
  return build<DatasetDefinition, "kind", DrawData>(datasets, "kind", choice)(seed, host);
}

/**
 * The files of the host that a data set is drawn from: they decide its rows as much as the definition does.
 *
 * @param choice  a data set of a definition
 * @returns names of sets of files; none for data that are only drawn
 */
export function filesReadBy({ kind }: DatasetDefinition): readonly (keyof DatasetFiles)[] {
  return (datasets[kind] as Pick<DatasetChoice<DatasetDefinition>, "files">).files;
}

/**
 * Refuses data that no network here can separate.
 *
 * @param choice  the data set of the definition
 * @param train   the drawn training samples
 * @throws DataError  unless the definition keeps contradictions
 */
export function refuseContradictions({ contradictions }: DatasetDefinition, train: LabelledData): void {
  if (contradictions === "keep") return;
  const { zero, opposed } = contradictionsOf(train);
  const what = contradictionText({ zero, opposed }, train);
  if (what === undefined) return;
  throw new DataError(`dataset: no network without biases can separate the training samples: ${what} (counted from 0)`, {
    path: "dataset",
    value: zero[0] ?? opposed[0]?.[1],
    hint: 'remove or relabel them, add a constant coordinate that stands for a bias, or set "contradictions": "keep" in the dataset',
  });
}

/**
 * The sizes of the data, before anything is drawn.
 *
 * @param choice  a data set of a definition
 * @returns sizes, of any magnitude
 */
export function datasetSizes(choice: DatasetDefinition): DatasetSizes {
  const chosen = datasets[choice.kind] as unknown as { sizes(value: DatasetDefinition): DatasetSizes };
  return chosen.sizes(choice);
}
