import { drawNormal, type KernelFactory, type LabelledData, streams } from "@steepest/core";
import { ArenaPlan, denseScratchBytes, fillNormal } from "@steepest/core/internal";
import type { OptionsOf } from "../definition/choice.js";
import { field, integer, type ReadonlyTree, z } from "../definition/schema.js";
import { datasetBase, datasetMember } from "./dataset.js";
import { type Generator, generated } from "./generator.js";
import { labelOf } from "./mixture.js";

const schema = z.strictObject({
  kind: z.literal("oneHotTeacher"),
  inputDim: field(integer(1), "Coordinates of a sample.", { unit: "coordinates", example: 32 }),
  classes: field(integer(2), "Rows of the teacher's matrix; two are labelled -1 and +1, more 0, 1, ...", { unit: "classes", example: 128 }),
  trainSize: field(integer(2), "Training samples.", { unit: "samples", example: 4096 }),
  testSize: field(integer(0), "Test samples; 0 for none.", { unit: "samples", example: 4096 }),
  ...datasetBase,
});

type Choice = OptionsOf<ReadonlyTree<z.output<typeof schema>>>;

/** The matrix W from N(0, 1), f64[classes][inputDim]. */
const teacherOf =
  ({ inputDim, classes }: Choice) =>
  (seed: number, kernels: KernelFactory): Float64Array =>
    drawNormal(kernels, { seed, stream: streams.teacher, count: classes * inputDim });

/** x from N(0, I), divided by its root mean square; the label is the first of the largest entries of W x, W drawn from N(0, 1) once. */
function oneHot(choice: Choice): Generator {
  const { inputDim, classes } = choice;
  return (seed, kernels) => {
    const teacher = teacherOf(choice)(seed, kernels);
    return (count) => {
      const sizes = { inputs: count * inputDim, weights: classes * inputDim, scores: count * classes, norms: count, top: count };
      const scratchLength = Math.ceil(denseScratchBytes(count, inputDim, classes) / 8);
      const arena = new ArenaPlan().spans({ ...sizes, scratch: scratchLength }).allocate(kernels);
      const { inputs, weights, scores, norms, top, scratch } = arena.spans({ ...sizes, scratch: scratchLength });
      weights.view.set(teacher);
      const { kernels: bound } = arena;
      return ({ inputs: stream }): LabelledData => {
        fillNormal(bound, inputs, seed, stream);
        bound.rowEuclidean(inputs.ptr, norms.ptr, count, inputDim);
        for (let i = 0; i < count; i++) norms.view[i] = Math.sqrt(inputDim) / norms.view[i]!;
        bound.scaleRows(inputs.ptr, norms.ptr, inputs.ptr, count, inputDim);
        bound.denseForward(inputs.ptr, weights.ptr, scores.ptr, count, inputDim, classes, scratch.ptr);
        bound.topClass(scores.ptr, top.ptr, count, classes);
        const labels = classes === 2 ? top.view.map((best) => labelOf(best, classes)) : top.view;
        return { inputs: inputs.view, labels, inputDim, ...(classes === 2 ? {} : { classes }) };
      };
    };
  };
}

/** Normalised Gaussian inputs whose class is the largest score of a linear teacher. */
export const oneHotTeacher = datasetMember({
  schema,
  title: "one-hot teacher",
  summary: "normalised Gaussian inputs, the class with the largest score of a linear teacher",
  examples: [
    { kind: "oneHotTeacher", inputDim: 20, classes: 2, trainSize: 60, testSize: 0 },
    { kind: "oneHotTeacher", inputDim: 32, classes: 128, trainSize: 256, testSize: 128 },
  ],
  sizes: ({ inputDim, classes, trainSize, testSize }) => ({
    trainSize,
    testSize,
    inputDim,
    ...(classes === 2 ? {} : { classes }),
    isDense: true,
    drawBytes: 8 * (Math.max(trainSize, testSize) * (2 * inputDim + classes + 2) + 2 * classes * inputDim),
  }),
  files: () => [],
  teacher: (choice) => (choice.classes === 2 ? undefined : teacherOf(choice)),
  ...generated(oneHot),
});
