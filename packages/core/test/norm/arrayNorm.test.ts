import { describe, expect, test } from "vitest";
import {
  type ArrayNorm,
  arrayNetwork,
  arrayNorm,
  arrayOptimizer,
  l2Of,
  linear,
  lp,
  maxOf,
  type Norm,
  norms,
  signum,
  sumOf,
  weighted,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";

const { l1, l2, linf, spectral, nuclear, rowMax } = norms;

/** Every norm of the registry, every form, and combinations of either, on vectors of four entries. */
const single: Readonly<Record<string, Norm>> = {
  ...norms,
  ...Object.fromEntries([1.25, 3, 10].map((p) => [`lp(${p})`, lp(p)])),
  ...Object.fromEntries(Object.entries({ l1, l2, linf }).map(([id, norm]) => [`weighted ${id}`, weighted(norm, [1, 2, 0.5, 3])])),
};
const ofTwo: Readonly<Record<string, Norm>> = {
  "max of l2, l1": maxOf([l2, l1], [1, 2]),
  "sum of spectral, lp(3)": sumOf([spectral, lp(3)]),
  "l2 of nuclear, rowMax": l2Of([nuclear, rowMax], [0.5, 1]),
  "max of sums": maxOf([l1, linf]),
};
const one = [{ offset: 0, rows: 2, columns: 2 }];
const two = [
  { offset: 0, rows: 2, columns: 1 },
  { offset: 2, rows: 1, columns: 2 },
];

describe.each(hosts)("norms of plain arrays on the $host", ({ kernels }) => {
  const cases = [
    ...Object.entries(single).map(([id, norm]) => [id, norm, one] as const),
    ...Object.entries(ofTwo).map(([id, norm]) => [id, norm, two] as const),
  ].flatMap(([id, norm, blocks]) => [[id, norm, blocks] as const, [`dual of ${id}`, norm.dual, blocks] as const]);

  describe.each(cases)("%s", (_id, norm, blocks) => {
    const bound = (): ArrayNorm => arrayNorm(norm, kernels, () => blocks);
    const x = Float64Array.of(3, -1, 0.5, 2);

    test("a z of another length is refused, and nothing of an earlier call is read", () => {
      const functions = bound();
      functions.subgradientGap(x, Float64Array.of(9, 9, 9, 9));
      for (const z of [Float64Array.of(0.5), new Float64Array(0), new Float64Array(5)]) {
        expect(() => functions.subgradientGap(x, z)).toThrow(
          expect.objectContaining({ code: "DIMENSION", path: "z", message: `z: has length ${z.length}, expected 4` }),
        );
      }
    });

    test("a radius or threshold that is no finite number >= 0 is refused", () => {
      const functions = bound();
      for (const bad of [-1, Number.NaN, Infinity, undefined as never, "1" as never]) {
        expect(() => functions.projectBall(x, bad)).toThrow(expect.objectContaining({ code: "DEFINITION", path: "radius" }));
        expect(() => functions.prox(x, bad)).toThrow(expect.objectContaining({ code: "DEFINITION", path: "t" }));
      }
      expect([...functions.projectBall(x, 0)].map(Math.abs)).toEqual([0, 0, 0, 0]);
      // singular values carry a few n ε σ₁ of their own
      functions.prox(x, 0).forEach((entry, i) => {
        expect(Math.abs(entry - x[i]!)).toBeLessThan(1e-14);
      });
    });

    test("a vector that is no list of numbers is refused, a plain list is one", () => {
      const functions = bound();
      for (const bad of [
        undefined,
        null,
        3,
        "3412",
        { length: 4 },
        [1, 2, 3, "4"],
        [1, 2, 3, null],
        new DataView(new ArrayBuffer(32)),
      ] as never[]) {
        for (const call of [functions.norm, functions.dualNorm, functions.lmo]) {
          expect(() => call(bad)).toThrow(expect.objectContaining({ code: "DEFINITION" }));
        }
        expect(() => functions.projectBall(bad, 1)).toThrow(expect.objectContaining({ code: "DEFINITION", path: "x" }));
        expect(() => functions.prox(bad, 1)).toThrow(expect.objectContaining({ code: "DEFINITION", path: "x" }));
        expect(() => functions.subgradientGap(x, bad)).toThrow(expect.objectContaining({ code: "DEFINITION", path: "z" }));
      }
      expect(functions.norm([3, -1, 0.5, 2])).toBe(functions.norm(x));
    });

    // of every norm: it is at least a positive multiple of any entry, and a NaN entry leaves it open
    test.each([
      [[Infinity, 4, 1, 2], Infinity],
      [[3, -Infinity, 1, 2], Infinity],
      [[Infinity, -Infinity, Infinity, Infinity], Infinity],
      [[1, 2, 3, Infinity], Infinity],
      [[1, 2, Number.NaN, 4], Number.NaN],
      [[Infinity, Number.NaN, 1, 2], Number.NaN],
    ])("the norm and the dual norm of %s are %s", (entries, expected) => {
      const functions = bound();
      expect(functions.norm(entries)).toBe(expected);
      expect(functions.dualNorm(entries)).toBe(expected);
    });

    test.each([[[Infinity, 4, 1, 2]], [[3, -1, -Infinity, 2]], [[1, 2, Number.NaN, 4]]])(
      "the projection of %s lies in the ball, or is NaN where it is not determined",
      (entries) => {
        const projected = bound().projectBall(entries, 1);
        expect(projected.every((entry) => Number.isNaN(entry) || Math.abs(entry) < Infinity)).toBe(true);
      },
    );
  });

  test.each([
    ["too few entries", [{ offset: 0, rows: 1, columns: 3 }], "blocks: hold 3 entries, the vector has 4"],
    ["too many", [{ offset: 0, rows: 5, columns: 1 }], "blocks: hold 5 entries, the vector has 4"],
    ["none", [], "blocks: hold 0 entries, the vector has 4"],
    [
      "a gap",
      [
        { offset: 0, rows: 1, columns: 1 },
        { offset: 2, rows: 1, columns: 2 },
      ],
      "blocks[1].offset: must be 1, where the block before ends, got 2",
    ],
    [
      "an overlap",
      [
        { offset: 0, rows: 1, columns: 3 },
        { offset: 2, rows: 1, columns: 2 },
      ],
      "blocks[1].offset: must be 3, where the block before ends, got 2",
    ],
    ["half a row", [{ offset: 0, rows: 0.5, columns: 8 }], "blocks[0].rows: must be an integer >= 1, got 0.5"],
    ["negative sizes", [{ offset: 0, rows: -2, columns: -2 }], "blocks[0].rows: must be an integer >= 1, got -2"],
  ])("blocks with %s are refused", (_what, blocks, message) => {
    for (const norm of [...Object.values(norms), lp(3)]) {
      expect(() => arrayNorm(norm, kernels, () => blocks).norm([1, 2, 3, 4])).toThrow(message);
    }
    if (message.startsWith("blocks: hold")) {
      expect(() => arrayOptimizer(signum({ momentum: 0.5 }), { length: 4, blocks }, kernels)).toThrow(`shape.${message}`);
    }
  });

  test("networks and optimisers of plain arrays refuse vectors of another length", () => {
    const data = { inputs: Float64Array.of(1, 2, -1, -1), labels: [1, -1], inputDim: 2 };
    const network = arrayNetwork(linear({ inputDim: 2 }), data, kernels);
    expect(() => network.scores([1])).toThrow("theta: has length 1, expected 2");
    expect(() => network.gradient([1, 2], [1])).toThrow("coefficients: has length 1, expected 2");
    expect(network.scores([1, 2])).toEqual(Float64Array.of(5, -3));
    const optimizer = arrayOptimizer(signum({ momentum: 0.5 }), { length: 2, blocks: [{ offset: 0, rows: 1, columns: 2 }] }, kernels);
    expect(() => optimizer.aim([1], [1, 2], 0)).toThrow("theta: has length 1, expected 2");
    expect(() => optimizer.aim([1, 2], [1, 2, 3], 0)).toThrow("ghat: has length 3, expected 2");
    expect(() => optimizer.move([1], { size: 1, logScale: 0 })).toThrow("theta: has length 1, expected 2");
  });
});
