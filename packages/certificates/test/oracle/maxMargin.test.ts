import { readFileSync } from "node:fs";
import { type LabelledData, type NormId, normOf } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { maxMargin } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

interface Golden {
  readonly inputs: string;
  readonly inputDim: number;
  readonly classes: number;
  readonly perClass: number;
  readonly largestMargin: Readonly<Record<string, number>>;
}
const { inputs, inputDim, classes, perClass, largestMargin } = JSON.parse(
  readFileSync(new URL("../../../core/test/golden/multiclass15.json", import.meta.url), "utf8"),
) as Golden;
const bytes = Uint8Array.from(Buffer.from(inputs, "base64"));
const fifteen: LabelledData = {
  inputs: new Float64Array(bytes.buffer),
  inputDim,
  labels: Array.from({ length: classes * perClass }, (_, i) => Math.floor(i / perClass)),
  classes,
};

const twoClasses = (rows: number[][], labels?: number[]): LabelledData => ({
  inputs: Float64Array.from(rows.flat()),
  inputDim: rows[0]!.length,
  labels: labels ?? rows.map(() => 1),
});

describe("15 classes in 25 dimensions", () => {
  test.each([
    ["linf", 1e-9, 1e-12],
    ["l2", 1e-9, 1e-6], // published, seven digits
    ["spectral", 1e-6, 1e-5],
  ] as const)("%s: the known largest margin lies in the bracket", async (id, width, published) => {
    const { lower, upper, closed, proven, separable } = await maxMargin(fifteen, id, { kernels });
    expect([closed, proven, separable]).toEqual([true, true, true]);
    expect(upper - lower).toBeLessThan(width * upper);
    expect(Math.abs(lower - largestMargin[id]!) / upper).toBeLessThan(published);
  });
});

describe("two classes that nothing separates", () => {
  const cases: [string, number[][], Record<string, number>][] = [
    // a triangle whose nearest edge is x = -1: the best direction is (1, 0) in every norm
    [
      "a triangle",
      [
        [3, 0],
        [-1, 2],
        [-1, -2],
      ],
      { l1: -1, l2: -1, linf: -1, nuclear: -1 },
    ],
    // the nearest edge goes from (-1, 1) to (2, -3): 4 x + 3 y = -1
    [
      "a slanted triangle",
      [
        [-1, 1],
        [2, -3],
        [1, 4],
      ],
      { l1: -1 / 7, l2: -1 / 5, linf: -1 / 4 },
    ],
  ];
  test.each(cases)("%s", async (_name, rows, values) => {
    for (const [id, exact] of Object.entries(values)) {
      const { lower, upper, separable, negative } = await maxMargin(twoClasses(rows), id as NormId, { kernels });
      expect([lower, separable]).toEqual([0, false]);
      expect(upper).toBeLessThan(1e-14);
      expect(negative!.lower).toBeLessThanOrEqual(exact);
      expect(negative!.upper).toBeGreaterThanOrEqual(exact);
      expect(negative!.upper - negative!.lower).toBeLessThan(1e-12);
    }
  });

  test("one that rounding would have to decide is called undecided", async () => {
    const { lower, upper, separable } = await maxMargin(
      twoClasses(
        [
          [1, 3],
          [1, 3],
        ],
        [1, -1],
      ),
      "l2",
      { kernels },
    );
    expect([lower, separable]).toEqual([0, undefined]);
    expect(upper).toBeLessThan(1e-15);
  });
});

test("the support is told by samples, and labels count", async () => {
  const { support, lambda } = await maxMargin(
    twoClasses(
      [
        [1, 0],
        [-2, 0],
        [0, 5],
        [-1, 0],
      ],
      [1, -1, 1, -1],
    ),
    "l2",
    { kernels },
  );
  expect(support).toEqual([...lambda.keys()].filter((k) => lambda[k]! > 0));
  expect(support).not.toContain(1);
});

test("misuse is told with its place", async () => {
  await expect(maxMargin(twoClasses([[1, Number.NaN]]), "l2", { kernels })).rejects.toMatchObject({ code: "DATA" });
  await expect(maxMargin(twoClasses([[1e300, 1]]), "l2", { kernels })).rejects.toMatchObject({ code: "DEFINITION", path: "atoms[0]" });
  await expect(maxMargin(twoClasses([[1, 1]]), { max: ["l1", "l2"] }, { kernels })).rejects.toMatchObject({ code: "DEFINITION" });
  const controller = new AbortController();
  controller.abort();
  await expect(maxMargin(fifteen, "spectral", { kernels, signal: controller.signal })).rejects.toThrow("abort");
});

test("equal questions have equal answers, bit for bit", async () => {
  const ask = async () =>
    maxMargin(
      twoClasses([
        [3, 1, 2],
        [1, -1, 4],
        [2, 5, -0.5],
      ]),
      normOf({ lp: 3 }),
      { kernels },
    );
  expect(await ask()).toEqual(await ask());
});
