import { DataError, drawNormal, drawSubset, type KernelFactory, streams } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { drawData } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const choice = {
  kind: "teacherStudent",
  inputDim: 12,
  teacherWidth: 5,
  nonzerosPerNeuron: 3,
  minTeacherScore: 0.2,
  trainSize: 40,
  testSize: 30,
} as const;
type Choice = { -readonly [K in keyof typeof choice]: (typeof choice)[K] extends number ? number : (typeof choice)[K] };

const drawn = (seed: number, changes: Partial<Choice> = {}, kernels = binary) =>
  drawData({ ...choice, ...changes }, seed, { kernels, files: noFiles });

const rows = (inputs: Float64Array, inputDim: number): string[] =>
  Array.from({ length: inputs.length / inputDim }, (_, i) => inputs.slice(i * inputDim, (i + 1) * inputDim).join(" "));

/** The teacher as one dense matrix, drawn from the documented streams, and its score as a formula: Σⱼ (-1)^j max(0, <wⱼ, x>). */
function teacherScore(kernels: KernelFactory, seed: number): (x: Float64Array) => number {
  const { inputDim, teacherWidth, nonzerosPerNeuron } = choice;
  const values = drawNormal(kernels, { seed, stream: streams.teacher, count: teacherWidth * nonzerosPerNeuron });
  const matrix = Array.from({ length: teacherWidth }, () => new Float64Array(inputDim));
  matrix.forEach((w, j) => {
    const all = Array.from(w.keys());
    drawSubset(kernels, all, { seed, stream: streams.teacherSupport + j, count: nonzerosPerNeuron }).forEach((k, i) => {
      w[k] = values[j * nonzerosPerNeuron + i]!;
    });
  });
  const dot = (w: Float64Array, x: Float64Array): number => w.reduce((sum, weight, k) => sum + weight * x[k]!, 0);
  return (x) => matrix.reduce((score, w, j) => score + (-1) ** j * Math.max(0, dot(w, x)), 0);
}

describe.each([0, 7, 2 ** 40])("seed %d", (seed) => {
  test("the samples are the inputs of the stream, in order, about which the teacher is sure, with the sign of its score", async () => {
    const { train, test: held } = await drawn(seed);
    const score = teacherScore(binary, seed);
    for (const [part, stream] of [[train, streams.trainInputs] as const, [held!, streams.testInputs] as const]) {
      const count = 10 * part.labels.length;
      const pool = drawNormal(binary, { seed, stream, count: count * choice.inputDim });
      const inputs = Array.from({ length: count }, (_, i) => pool.slice(i * choice.inputDim, (i + 1) * choice.inputDim));
      const sure = inputs.filter((x) => Math.abs(score(x)) > choice.minTeacherScore).slice(0, part.labels.length);
      expect(sure.length).toBeLessThan(inputs.length);
      expect(rows(part.inputs, choice.inputDim)).toEqual(sure.map((x) => x.join(" ")));
      expect(part.labels).toEqual(sure.map((x) => Math.sign(score(x))));
    }
  });

  test("no sample is both in the training and in the test data, and none occurs twice", async () => {
    const { train, test: held } = await drawn(seed);
    const all = [...rows(train.inputs, choice.inputDim), ...rows(held!.inputs, choice.inputDim)];
    expect(all.length).toBe(choice.trainSize + choice.testSize);
    expect(new Set(all).size).toBe(all.length);
  });
});

test("the same seed gives the same bits, from the binary and from the twin; another seed gives other samples", async () => {
  const [first, again, other] = [await drawn(3), await drawn(3, {}, twin), await drawn(4)];
  expect(again).toEqual(first);
  expect(other.train.inputs).not.toEqual(first.train.inputs);
});

test("more samples go on where fewer ended", async () => {
  const [few, many] = [await drawn(1), await drawn(1, { trainSize: 200 })];
  expect(many.train.inputs.subarray(0, few.train.inputs.length)).toEqual(few.train.inputs);
});

test("without a test size there is no test data", async () => {
  expect((await drawn(0, { testSize: 0 })).test).toBeUndefined();
});

test("a score that the teacher hardly ever reaches is a DataError, not an endless search", async () => {
  const error = await drawn(0, { minTeacherScore: 50 }).then(
    () => undefined,
    (reason) => reason as DataError,
  );
  expect(error).toBeInstanceOf(DataError);
  expect(error).toMatchObject({
    message: "dataset.minTeacherScore: fewer than one sample in 64 has |teacher score| > 50",
    path: "dataset.minTeacherScore",
    hint: "lower it: teacher weights are N(0, 1)",
  });
});
