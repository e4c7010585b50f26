import { classScratchBytes, type HeadKernels } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, anyVector, finiteVector, input, number, output, type Recipe, scratch } from "./recipe.js";

const small = fc.integer({ min: 2, max: 9 });

/** Many equal scores, so that the best of the other classes is not unique. */
const tied = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: -2, max: 2 }), { minLength: length, maxLength: length, size: "max" }),
      fc.constantFrom(-0, 1, 1e8, 1e300),
    )
    .map(([values, scale]) => Float64Array.from(values, (value) => scale * value));

/** Scores whose differences count: close to each other, far from zero. */
const shifted = (length: number): fc.Arbitrary<Float64Array> =>
  fc.tuple(finiteVector(length), fc.constantFrom(1e8, -1e12, 745)).map(([values, shift]) => values.map((value) => (value % 40) + shift));

/** Labelled scores of `length` samples in few classes, or of few samples in `length` classes. */
const head =
  (outputs: (n: number, classes: number) => readonly Argument[], { isLabelled = true, hasScratch = false } = {}): Recipe =>
  (length) =>
    fc
      .oneof(
        small.map((classes) => [length, classes] as const),
        fc.integer({ min: 0, max: 5 }).map((n) => [n, Math.max(length, 2)] as const),
      )
      .chain(([n, classes]) =>
        fc
          .tuple(
            fc.oneof(tied(n * classes), shifted(n * classes), anyVector(n * classes)),
            fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: n, maxLength: n, size: "max" }),
          )
          .map(([scores, labels]) => [
            input(scores),
            ...(isLabelled ? [input(Float64Array.from(labels))] : []),
            ...outputs(n, classes),
            number(n),
            number(classes),
            ...(hasScratch ? [scratch(classScratchBytes(classes))] : []),
          ]),
      );

export const headRecipes: Record<keyof HeadKernels, Recipe> = {
  classMargins: head((n) => [output(n)]),
  multiclassMargins: head((n, classes) => [output(n), output(n * classes)], { hasScratch: true }),
  smoothedMargins: head((n) => [output(n)], { hasScratch: true }),
  topClass: head((n) => [output(n)], { isLabelled: false }),
};
