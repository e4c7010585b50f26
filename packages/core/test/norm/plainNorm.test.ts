import { describe, expect, test } from "vitest";
import { constant, losses, mlp, norms, type PlainNorm, plainNorm, steepestDescent, Training } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const sign = (v: number): number => Math.sign(v);

/** ℓ∞ in plain TypeScript. */
const largest: PlainNorm = {
  id: "my-linf",
  norm: (x) => x.reduce((top, v) => Math.max(top, Math.abs(v)), 0),
  dualNorm: (g) => g.reduce((sum, v) => sum + Math.abs(v), 0),
  lmo: (g) => g.map((v) => -sign(v)),
};

const train = (norm: PlainNorm) =>
  new Training(
    {
      network: mlp({ widths: [5, 4, 1], activation: "relu" }),
      data: samples({ seed: 3, sampleCount: 8, inputDim: 5 }),
      loss: losses.logistic,
      optimizer: steepestDescent({ norm: plainNorm(norm), normalized: true }),
      step: constant({ size: 0.01 }),
      init: { law: "normalFanIn", scale: 1 },
      seed: 0,
      track: [norms.linf],
    },
    hosts[0]!,
  );

describe("a norm written in TypeScript", () => {
  test.each(["norm", "dualNorm", "lmo"] as const)("is told where its %s throws, or gives a text, long after it was admitted", (member) => {
    let isLate = false;
    const late = (answer: () => never | string): PlainNorm => ({
      ...largest,
      [member]: (x: Float64Array) => (isLate ? answer() : largest[member](x)),
    });
    const throwing = (): never => {
      throw new TypeError("late");
    };
    for (const [answer, message] of [
      [throwing, /threw: TypeError: late/],
      [() => "1", /must return a/],
    ] as const) {
      isLate = false;
      const norm = late(answer);
      const training = train(norm);
      training.advance();
      isLate = true;
      expect(() => {
        training.advance();
        training.point();
      }).toThrow(expect.objectContaining({ code: "DEFINITION", message: expect.stringMatching(message) }));
    }
  });

  test("trains as the built-in one does, bit for bit, and reports its own margin", () => {
    const [own, builtIn] = [
      train(largest),
      new Training(
        {
          network: mlp({ widths: [5, 4, 1], activation: "relu" }),
          data: samples({ seed: 3, sampleCount: 8, inputDim: 5 }),
          loss: losses.logistic,
          optimizer: steepestDescent({ norm: norms.linf, normalized: true }),
          step: constant({ size: 0.01 }),
          init: { law: "normalFanIn", scale: 1 },
          seed: 0,
        },
        hosts[0]!,
      ),
    ];
    for (let t = 0; t < 50; t++) {
      own.advance();
      builtIn.advance();
    }
    expect(own.parameters()).toEqual(builtIn.parameters());
    expect(own.point().margin["my-linf"]).toBe(builtIn.point().margin.linf);
  });

  test.each<[string, Partial<PlainNorm>, string]>([
    ["lmo with the wrong sign", { lmo: (g) => g.map(sign) }, "violates <g, lmo(g)> = -||g||_*: g = [1, 0, 0, 0, ...]: 1 against -1"],
    ["wrong dual", { dualNorm: (g) => Math.sqrt(g.reduce((sum, v) => sum + v * v, 0)) }, "violates <g, lmo(g)> = -||g||_*"],
    [
      "not homogeneous",
      { norm: (x) => x.reduce((sum, v) => sum + v * v, 0) },
      "violates homogeneity ||-4x|| = 4 ||x||: x = [1, 0, 0, 0, ...]: 16 against 4",
    ],
    [
      "lmo outside the ball",
      { dualNorm: (g) => 2 * largest.dualNorm(g), lmo: (g) => g.map((v) => -2 * sign(v)) },
      "violates ||lmo(g)|| <= 1",
    ],
    ["lmo of 0 is not 0", { lmo: (g) => g.map((v) => (v > 0 ? -1 : 1)) }, "violates lmo(0) = 0"],
    ["wrong length", { lmo: () => new Float64Array(2) }, "violates shape"],
    ["changes its argument", { norm: (x) => x.fill(1)[0]! }, "violates purity"],
    [
      "the quasinorm of the power 1/2, whose dual is the largest entry",
      {
        norm: (x) => x.reduce((sum, v) => sum + Math.sqrt(Math.abs(v)), 0) ** 2,
        dualNorm: (g) => largest.norm(g),
        lmo: (g) => {
          const top = g.reduce((best, v, i) => (Math.abs(v) > Math.abs(g[best]!) ? i : best), 0);
          return g.map((v, i) => (i === top ? -sign(v) : 0));
        },
      },
      "violates the triangle inequality ||x + y|| <= ||x|| + ||y||: x = [1, 0, 0, 0, ...], y = [0, 1, 0, 0, ...]: 4 against 2",
    ],
    [
      "a throw",
      {
        norm: () => {
          throw new RangeError("no");
        },
      },
      "violates it answers: it threw RangeError: no",
    ],
    ["a seminorm", { norm: (x) => Math.abs(x[0]!) }, "violates"],
  ])("is refused before the first step: %s", (_name, broken, message) => {
    expect(() => train({ ...largest, ...broken })).toThrow(message);
  });

  test("a direction that is no number along the way ends the run with the entry, not as a divergence", () => {
    let asked = 0;
    const failing = train({ ...largest, lmo: (g) => g.map((v, i) => (++asked > 3000 && i === 2 ? Number.NaN : -sign(v))) });
    expect(() => {
      for (let t = 0; t < 200; t++) failing.advance();
    }).toThrow("my-linf.lmo: gave NaN at entry 2, of finite numbers");
  });

  test("is refused when a member is missing", () => {
    expect(() => plainNorm({ id: "x", norm: largest.norm, dualNorm: largest.dualNorm } as never)).toThrow(
      "plainNorm.lmo: must be a function, got undefined",
    );
  });
});
