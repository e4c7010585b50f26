import { describe, expect, test } from "vitest";
import { datasets, drawData } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const kinds = ["moons", "xor", "separable", "circles"] as const;
const draw = (kind: (typeof kinds)[number], noise: number, constant = 1, kernels = binary) =>
  drawData({ kind, trainSize: 40, noise, constant }, 3, { kernels, files: noFiles });

describe.each(kinds)("%s", (kind) => {
  test("labels alternate, and the constant is the third coordinate of every sample", async () => {
    const { train, test: unseen } = await draw(kind, 0.1, 2);
    expect(train.inputDim).toBe(3);
    expect(train.inputs.length).toBe(120);
    expect(Array.from(train.labels)).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? -1 : 1)));
    for (let i = 0; i < 40; i++) expect(train.inputs[3 * i + 2]).toBe(2);
    expect(unseen).toBeUndefined();
  });
  test("without a constant there are two coordinates, the same ones", async () => {
    const [two, three] = [(await draw(kind, 0.1, 0)).train, (await draw(kind, 0.1, 1)).train];
    expect(two.inputDim).toBe(2);
    for (let i = 0; i < 40; i++) expect(two.inputs[2 * i + 1]).toBe(three.inputs[3 * i + 1]);
  });
  test("the binary and its twin draw the same bits", async () => {
    expect((await draw(kind, 0.2)).train.inputs).toEqual((await draw(kind, 0.2, 1, twin)).train.inputs);
  });
});

test("a straight line through the origin separates what is called separable", async () => {
  for (let seed = 0; seed < 10; seed++) {
    const choice = { kind: "separable", trainSize: 500, noise: 0.1, constant: 0 } as const;
    const { inputs, labels } = (await drawData(choice, seed, { kernels: binary, files: noFiles })).train;
    for (let i = 0; i < 500; i++) expect(labels[i]! * (0.2 * inputs[2 * i]! + 0.35 * inputs[2 * i + 1]!)).toBeGreaterThan(0);
  }
});

test("circles have their radii, up to rounding", async () => {
  const { train } = await draw("circles", 0, 0);
  for (let i = 0; i < 40; i++) {
    const squared = train.inputs[2 * i]! ** 2 + train.inputs[2 * i + 1]! ** 2;
    expect(Math.abs(Math.sqrt(squared) - (i % 2 === 0 ? 1.2 : 0.5))).toBeLessThan(8 * Number.EPSILON);
  }
});

test("points are taken as they are; rows of another length and one class only are refused", async () => {
  const choice = {
    kind: "points",
    inputs: [
      [1, 2],
      [3, 4],
    ],
    labels: [-1, 1],
    constant: 0,
  } as const;
  const { train } = await datasets.points.build(choice)(0, { kernels: binary, files: noFiles });
  expect(train).toEqual({ inputs: Float64Array.of(1, 2, 3, 4), labels: [-1, 1], inputDim: 2 });
  const messages = (changed: object) =>
    datasets.points.schema.safeParse({ ...choice, ...changed }).error?.issues.map(({ message }) => message);
  expect(messages({ inputs: [[1, 2], [3]] })).toEqual(["must hold 2 coordinates like the first, got 1"]);
  expect(messages({ labels: [1, 1] })).toEqual(["must hold samples of both classes"]);
});
