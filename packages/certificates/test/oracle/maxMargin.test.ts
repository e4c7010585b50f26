import { type LabelledData, type NormId, normOf } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { maxMargin } from "../../src/index.js";
import { fifteen, largestMargin } from "../support/fifteen.js";
import { kernels } from "../support/kernels.js";

const twoClasses = (rows: number[][], labels?: number[]): LabelledData => ({
  inputs: Float64Array.from(rows.flat()),
  inputDim: rows[0]!.length,
  labels: labels ?? rows.map(() => 1),
});

describe("15 classes in 25 dimensions", () => {
  test.each([
    ["linf", 1e-9, 1e-12],
    ["l2", 1e-9, 1e-6], // published, seven digits
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

describe("the maximiser", () => {
  // x = (1, 0), (1, 1/2), (1, 0) once signed: the first entry decides
  const flat = twoClasses(
    [
      [1, 0],
      [1, 0.5],
      [-1, 0],
    ],
    [1, 1, -1],
  );
  test.each([
    ["l2", true],
    ["l1", true],
    ["linf", false],
  ] as const)("in %s it is the only one: %s", async (id, unique) => {
    const { lower, upper, uniqueness } = await maxMargin(flat, id, { kernels });
    expect(lower).toBeLessThanOrEqual(1);
    expect(upper).toBeGreaterThanOrEqual(1);
    expect(uniqueness!.unique).toBe(unique);
  });

  test("another one has the same margin elsewhere", async () => {
    const { theta, uniqueness, upper } = await maxMargin(flat, "linf", { kernels });
    const other = uniqueness!.other!;
    expect(Math.max(...other.map(Math.abs))).toBeCloseTo(1, 12);
    expect(Math.min(other[0]!, other[0]! + 0.5 * other[1]!)).toBeGreaterThan(upper * (1 - 1e-8));
    expect(Math.abs(other[1]! - theta[1]!)).toBeCloseTo(uniqueness!.distance!, 12);
    expect(uniqueness!.distance).toBeGreaterThan(0.4);
  });

  test("one that stands twice in the data changes nothing", async () => {
    const rows = [
      [3, 1],
      [1, 2],
      [4, -1],
    ];
    for (const id of ["l1", "l2", "linf", "spectral"] as const) {
      const [once, twice] = [
        await maxMargin(twoClasses(rows), id, { kernels }),
        await maxMargin(twoClasses([...rows, ...rows]), id, { kernels }),
      ];
      expect(Math.abs(once.lower - twice.lower)).toBeLessThan(1e-6 * once.upper);
    }
  });
});
