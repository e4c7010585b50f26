import { build, oneOf, type Registry } from "../definition/choice.js";
import type { z } from "../definition/zod.js";
import type { DatasetHost, DrawnData } from "./dataset.js";
import { type MnistPairChoice, mnistPair } from "./mnistPair.js";
import { type TeacherStudentChoice, teacherStudent } from "./teacherStudent.js";

export type DatasetDefinition = MnistPairChoice | TeacherStudentChoice;

type DrawData = (seed: number, host: DatasetHost) => Promise<DrawnData>;

/** Every data set that a definition can name. Adding one: its file and a line here. */
export const datasets: Registry<DatasetDefinition, "kind", DrawData> = { mnistPair, teacherStudent };

export const datasetSchema: z.ZodType<DatasetDefinition> = oneOf("kind", datasets);

export function drawData(choice: DatasetDefinition, seed: number, host: DatasetHost): Promise<DrawnData> {
  return build(datasets, "kind", choice)(seed, host);
}
