import { drawNormal, type LabelledData, type NormId, normFrom, normOf } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm, linearAtoms, maxMargin, upperBound } from "../../src/index.js";
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

  // 0 on a face of the hull, or inside it on a simplex of lower dimension
  const onFaces: [string, number[][], number[]?][] = [
    [
      "one sample with both labels",
      [
        [1, 3],
        [1, 3],
      ],
      [1, -1],
    ],
    [
      "corners of a square, 0 on their diagonals",
      [
        [1, 1],
        [-1, -1],
        [1, -1],
        [-1, 1],
      ],
      [1, 1, -1, -1],
    ],
    [
      "corners of a square, 0 on an edge",
      [
        [1, 0],
        [-1, 0],
        [1, 1],
        [-1, 1],
      ],
    ],
    [
      "a third, in doubles, of a row against it",
      [
        [0.1, 0.7, -0.3],
        [-0.1 * 3, -0.7 * 3, 0.3 * 3],
        [1, 5, 1],
      ],
      [1, 1, 1],
    ],
    [
      "a sample that is 0",
      [
        [1, 2],
        [0, 0],
      ],
    ],
    [
      "0 inside a triangle in space",
      [
        [1, 0, 0],
        [0, 1, 0],
        [-1, -1, 0],
        [3, 2, 1],
      ],
    ],
  ];
  test.each(onFaces)("%s: decided in exact arithmetic", async (name, rows, labels) => {
    for (const id of ["l1", "l2", "linf"] as const) {
      const { lower, upper, separable } = await maxMargin(twoClasses(rows, labels), id, { kernels });
      // 3 · 0.1 and 3 · 0.7 are rounded: the rows are no longer opposite, and exactly separable
      if (name.startsWith("a third")) expect([id, separable, lower > 0]).toEqual([id, true, true]);
      else expect([id, separable, lower]).toEqual([id, false, 0]);
      expect(upper).toBeLessThan(1e-15);
    }
  });

  test("several classes, two of which have a sample in common", async () => {
    const inputs = Float64Array.of(1, 2, 3, -1, 1, 2, 0.5, 4);
    for (const id of ["l2", "spectral"] as const) {
      const { separable } = await maxMargin({ inputs, inputDim: 2, labels: [0, 1, 2, 1], classes: 3 }, id, { kernels });
      expect(separable).toBe(false);
    }
  });
});

describe("separability does not depend on the norm", () => {
  const tiny: readonly (readonly [string, number[][], boolean])[] = [
    [
      "a margin of 1e-200 along an axis",
      [
        [1, 1e-200],
        [-1, 1e-200],
      ],
      true,
    ],
    [
      "entries of 1e-200 where rows are long elsewhere",
      [
        [1e-200, 1],
        [1e-200, -1],
        [1e-200, 0.5],
      ],
      true,
    ],
    [
      "entries of 1e-300",
      [
        [1e-300, 1],
        [1e-300, -1],
      ],
      true,
    ],
    [
      "opposite but for one entry of 1e-200",
      [
        [1, 1e-200],
        [-1, 0],
      ],
      true,
    ],
    [
      "opposite but for a rounding and 1e-200",
      [
        [1, 1e-200],
        [-1 + 2 ** -53, 0],
      ],
      true,
    ],
    [
      "-3 times a row, rounded, and 1e-200",
      [
        [0.1, 0.7, 1e-200],
        [-0.3, -2.1, 1e-200],
      ],
      true,
    ],
    [
      "opposite, and 1e-200 of both signs",
      [
        [1, 1e-200],
        [-1, -1e-200],
      ],
      false,
    ],
    [
      "0 inside a triangle whose third side is 1e-200 away",
      [
        [1, 1e-200],
        [-1, 1e-200],
        [0, -1],
      ],
      false,
    ],
  ];
  test.each(tiny)("%s", async (_name, rows, separable) => {
    for (const id of ["l1", "l2", "linf", { lp: 3 }] as const) {
      const answer = await maxMargin(twoClasses(rows), id, { kernels });
      expect([id, answer.separable]).toEqual([id, separable]);
      if (!separable) expect(answer.lower).toBe(0);
    }
  });
});

test("margins of 1e-12 of the rows are found in l1 and linf, though HiGHS drops such entries", async () => {
  const rows = [1e-12, 1e-12, 1e-12, 2e-12].map((last, i) =>
    [
      [1, 0.3],
      [-1, -0.3],
      [0.2, 1],
      [-0.2, -1.1],
    ][i]!.concat(last),
  );
  for (const id of ["l1", "linf"] as const) {
    const { lower, upper } = await maxMargin(twoClasses(rows), id, { kernels });
    // the first two rows are opposite: half of each has norm 1e-12, and theta = (0, 0, 1) attains it
    expect(lower).toBeGreaterThan(1e-12 * (1 - 1e-9));
    expect(upper).toBeGreaterThanOrEqual(1e-12 * (1 - 1e-15));
    expect(upper).toBeLessThan(1.001e-12); // multipliers are rounded to 1e-16
  }
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
  for (const limits of [{ tolerance: 0 }, { tolerance: Number.NaN }, { tolerance: 2 }]) {
    await expect(maxMargin(twoClasses([[1, 1]]), "l2", { kernels, ...limits })).rejects.toMatchObject({
      code: "DEFINITION",
      path: "options.tolerance",
    });
  }
  await expect(maxMargin(twoClasses([[1, 1]]), "l2", { kernels, iterations: -1 })).rejects.toMatchObject({ path: "options.iterations" });
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

test("a norm is given as a text or as an expression", async () => {
  const data = twoClasses([[1, 2], [2, 1]], [1, 1]); // biome-ignore format: two samples
  const ids = await Promise.all(
    ["lp(3)", { lp: 3 }, '{"lp":3}'].map(async (norm) => (await maxMargin(data, norm as "l2", { kernels })).upper),
  );
  expect(new Set(ids).size).toBe(1);
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

  test("in l1 of many entries it is looked for among those that can have a part in it", async () => {
    const size = 1600;
    // the entries that decide stand at 700 and 900; with a copy of 900 at 1500 their part can be there
    const rows = (copied: boolean) =>
      [
        [2, 1],
        [1, 3],
        [3, 0.5],
      ].map(([a, b], i) =>
        Array.from({ length: size }, (_, j) => (j === 700 ? a! : j === 900 || (copied && j === 1500) ? b! : ((j * 7 + i * 3) % 11) / 50)),
      );
    const alone = await maxMargin(twoClasses(rows(false)), "l1", { kernels });
    expect(alone.uniqueness).toMatchObject({ unique: true });
    const { uniqueness, upper } = await maxMargin(twoClasses(rows(true)), "l1", { kernels });
    expect(uniqueness!.unique).toBe(false);
    const other = uniqueness!.other!;
    expect(Math.abs(other.reduce((sum, value) => sum + Math.abs(value), 0) - 1)).toBeLessThan(1e-9);
    for (const row of rows(true)) expect(row.reduce((sum, value, j) => sum + value * other[j]!, 0)).toBeGreaterThan(upper * (1 - 1e-8));
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

describe("columns whose sizes differ by many powers of ten", () => {
  const [count, size, seed] = [60, 20, 12];
  const drawn = (stream: number, length: number): Float64Array => drawNormal(kernels, { seed, stream, count: length });
  const [plain, weights] = [drawn(970, count * size), drawn(971, size)];
  const labels = Array.from({ length: count }, (_, i) => Math.sign(weights.reduce((sum, w, j) => sum + w * plain[i * size + j]!, 0)));
  const unevenData = (span: number): LabelledData => ({
    inputs: plain.map((value, k) => value * 2 ** Math.round((span * (k % size)) / (size - 1) - span / 2)),
    labels,
    inputDim: size,
  });

  test.each(["l1", "linf"] as const)("%s: the bounds meet", async (id) => {
    for (const span of [34, 40]) {
      const { lower, upper, closed, separable } = await maxMargin(unevenData(span), id, { kernels });
      expect([seed, span, closed, separable]).toEqual([seed, span, true, true]);
      expect(upper - lower).toBeLessThan(1e-9 * upper);
    }
  });

  // ||v||_inf <= ||v||_p <= sqrt(d) ||v||_inf for p >= 2, so that the answer in linf is within sqrt(d) of the best
  test.each(["l2", { lp: 3 }] as const)("%j: a direction is found that is within a factor of sqrt(d)", async (id) => {
    for (const span of [34, 40]) {
      const { lower, upper, separable } = await maxMargin(unevenData(span), id, { kernels });
      expect([seed, span, separable]).toEqual([seed, span, true]);
      expect(lower * Math.sqrt(size)).toBeGreaterThan(upper);
    }
  });
});

test.each([{ lp: 3 }, { lp: 1.5 }, "spectral", "nuclear", "rowMax"] as const)(
  "%j: where no direction separates, the multipliers prove the upper bound too",
  async (choice) => {
    for (let seed = 1; seed <= 40; seed++) {
      const [count, size] = [7 + (seed % 9), 2 + (seed % 3)];
      const data: LabelledData = {
        inputs: drawNormal(kernels, { seed, stream: 980, count: count * size }).map((value) => Math.round(3 * value)),
        labels: Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1)),
        inputDim: size,
      };
      const { lower, upper, lambda } = await maxMargin(data, choice, { kernels });
      if (lower > 0) continue;
      const norm = boundedNorm(normFrom(choice), kernels, [{ offset: 0, rows: 1, columns: size }]);
      expect(upperBound(linearAtoms(data), norm, lambda), `seed ${seed}`).toBeLessThanOrEqual(upper * (1 + 1e-15));
    }
  },
);
