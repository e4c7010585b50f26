import { drawNormal, streams } from "@steepest/core";
import { expect, test } from "vitest";
import { drawData, type LabelledDataset } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const choice: LabelledDataset = { kind: "oneHotTeacher", inputDim: 7, classes: 11, trainSize: 300, testSize: 40 };
const draw = (change: object = {}, seed = 3, kernels = binary) =>
  drawData({ ...choice, ...change } as LabelledDataset, seed, { kernels, files: noFiles });

test("inputs have root mean square 1, and the label is the largest score of the drawn teacher", async () => {
  const { train, test: held } = await draw();
  const teacher = drawNormal(binary, { seed: 3, stream: streams.teacher, count: 77 });
  for (const data of [train, held!]) {
    expect(data.classes).toBe(11);
    for (let i = 0; i < data.labels.length; i++) {
      const x = data.inputs.subarray(7 * i, 7 * i + 7);
      // Seven squares, their sum, a root, a quotient and a product: fewer than 16 roundings.
      expect(Math.abs(x.reduce((sum, value) => sum + value * value, 0) / 7 - 1)).toBeLessThan(16 * 2 ** -53);
      const scores = Array.from({ length: 11 }, (_, c) => x.reduce((sum, value, k) => sum + value * teacher[7 * c + k]!, 0));
      const best = Math.max(...scores);
      expect(best - scores[data.labels[i]!]!).toBeLessThan(1e-13); // both orders of summation, at scores below 30
    }
  }
  expect(new Set(train.labels as number[]).size).toBe(11);
});

test("two classes are -1 and +1; the binary and its twin draw the same bits; other seeds other teachers", async () => {
  const { train } = await draw({ classes: 2 });
  expect(new Set(train.labels as number[])).toEqual(new Set([-1, 1]));
  expect(train.classes).toBeUndefined();
  expect(await draw({}, 8, twin)).toEqual(await draw({}, 8));
  expect((await draw({}, 9)).train.inputs).not.toEqual((await draw({}, 8)).train.inputs);
});
