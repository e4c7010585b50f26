import type { KernelFactory } from "@steepest/core";
import type { OptionsOf } from "../definition/choice.js";
import { field, integer, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { generated } from "./generator.js";
import { linearTargets, linearTargetsBytes } from "./linearTargets.js";
import { singularValuesField, spectralMatrix, tooManySingularValues } from "./spectralMatrix.js";
import { targetsBase } from "./targetsBase.js";

const schema = ruled(
  z.strictObject({
    kind: z.literal("linearTeacher"),
    inputDim: field(integer(1), "Coordinates of a sample, from N(0, 1); columns of the teacher's matrix.", {
      unit: "coordinates",
      example: 20,
    }),
    outputs: field(integer(1), "Targets of a sample; rows of the teacher's matrix.", { unit: "targets", example: 3 }),
    singularValues: singularValuesField(),
    ...targetsBase(),
  }),
  { problems: ({ outputs, inputDim, singularValues }) => tooManySingularValues(singularValues, [outputs, inputDim]) },
);

type Choice = OptionsOf<ReadonlyTree<z.output<typeof schema>>>;

const teacherOf =
  ({ outputs, inputDim, singularValues }: Choice) =>
  (seed: number, kernels: KernelFactory): Float64Array =>
    spectralMatrix(kernels, seed, { rows: outputs, columns: inputDim, singularValues });

/** A regression on a linear teacher: x from N(0, I), t = W x + noise, W of the given singular values. */
export const linearTeacher = datasetMember({
  schema,
  title: "linear teacher",
  summary: "N(0, I) inputs with targets W x and noise, W a random matrix of given singular values",
  examples: [
    { kind: "linearTeacher", inputDim: 20, outputs: 1, singularValues: [1], noise: 0.1, trainSize: 60, testSize: 200 },
    { kind: "linearTeacher", inputDim: 20, outputs: 5, singularValues: [3, 1], noise: 0, trainSize: 40, testSize: 200 },
  ],
  sizes: ({ inputDim, outputs, trainSize, testSize }) => ({
    trainSize,
    testSize,
    inputDim,
    outputs,
    isDense: true,
    drawBytes: linearTargetsBytes(Math.max(trainSize, testSize), { inputDim, outputs }),
  }),
  files: () => [],
  teacher: teacherOf,
  ...generated((choice: Choice) => linearTargets(teacherOf(choice), choice)),
});
