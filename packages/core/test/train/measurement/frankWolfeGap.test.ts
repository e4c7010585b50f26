import { describe, expect, test } from "vitest";
import {
  adam,
  adamW,
  constant,
  coupledDecay,
  decoupledDecay,
  drive,
  type LabelledData,
  linear,
  lion,
  losses,
  muon,
  norms,
  type Optimizer,
  powerLaw,
  scion,
  shampoo,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../../src/index.js";
import { hosts } from "../../support/hosts.js";

const data: LabelledData = { inputs: Float64Array.of(2, 1, 1, 3, -1, -1, -3, 0.5), inputDim: 2, labels: [1, 1, -1, -1] };
const base = {
  network: linear({ inputDim: 2 }),
  data,
  loss: losses.logistic,
  step: constant({ size: 0.01 }),
  seed: 1,
  measure: ["frankWolfeGap"],
  init: Float64Array.of(0.5, -0.25),
} as const;
const muonOptions = { momentum: 0.5, nesterov: false, orthogonalization: "exact", scale: "spectral" } as const;

/** The radius of the ball that the steps stay in, worked out from the formulas of the optimisers: step length over decay. */
const inBalls: readonly { readonly name: string; readonly optimizer: Optimizer; readonly radius: number }[] = [
  { name: "AdamW", optimizer: adamW({ beta1: 0.9, beta2: 0.9, epsilon: 0, decay: 0.25 }), radius: 4 },
  { name: "Lion", optimizer: decoupledDecay(lion({ beta1: 0.9, beta2: 0.99 }), 0.5), radius: 2 },
  { name: "Scion", optimizer: scion({ norm: norms.spectral, momentum: 0.9, radius: 3 }), radius: 3 },
  { name: "Muon with decay", optimizer: decoupledDecay(muon(muonOptions), 0.2), radius: 5 },
  {
    name: "sign descent with decay",
    optimizer: decoupledDecay(steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }), 0.1),
    radius: 10,
  },
];

describe.each(hosts)("on the $host", ({ kernels }) => {
  const gaps = (options: Omit<TrainOptions, "seed">, steps = 0) => {
    const training = new Training({ ...options, seed: 1 }, { kernels });
    for (let i = 0; i < steps; i++) training.advance();
    return training;
  };

  test.each(inBalls)("$name: <ghat, θ> + r ||ghat||_* by hand, in every norm", ({ optimizer, radius }) => {
    const training = gaps({ ...base, optimizer });
    const theta = [0.5, -0.25];
    const risks = [0, 1, 2, 3].map((i) => {
      const q = data.labels[i]! * (data.inputs[2 * i]! * theta[0]! + data.inputs[2 * i + 1]! * theta[1]!);
      return { loss: Math.log1p(Math.exp(-q)), slope: -data.labels[i]! / (1 + Math.exp(q)) };
    });
    const total = risks.reduce((sum, { loss }) => sum + loss, 0);
    const g = [0, 1].map((k) => risks.reduce((sum, { slope }, i) => sum + (slope * data.inputs[2 * i + k]!) / total, 0));
    const inner = g[0]! * theta[0]! + g[1]! * theta[1]!;
    const duals = {
      linf: Math.abs(g[0]!) + Math.abs(g[1]!),
      l1: Math.max(...g.map(Math.abs)),
      l2: Math.hypot(...g),
      spectral: Math.hypot(...g),
    };
    for (const [id, dual] of Object.entries(duals))
      expect(training.point().measured[`frankWolfeGap.${id}`]).toBeCloseTo(inner + radius * dual, 12);
  });

  test.each(inBalls)(
    "$name: in the ball the gap of the own norm is positive, and it vanishes along ever shorter steps",
    ({ optimizer, radius }) => {
      const own = optimizer.ownNorm.id;
      const points = [
        ...drive(
          new Training({ ...base, optimizer, step: powerLaw({ size: 0.5, exponent: 0.6 }), stop: { steps: 20_000 } }, { kernels }),
          { perDecade: 4 },
          { kernels },
        ),
      ].flatMap((event) => (event.kind === "point" ? [event.point] : []));
      const inside = points.filter(({ norm }) => norm[own]! <= radius);
      expect(inside.length).toBeGreaterThan(5);
      const scale = points[0]!.measured[`frankWolfeGap.${own}`]!;
      for (const { measured } of inside) expect(measured[`frankWolfeGap.${own}`]).toBeGreaterThanOrEqual(-1e-14 * scale);
      expect(Math.abs(points.at(-1)!.measured[`frankWolfeGap.${own}`]!)).toBeLessThan(0.02 * scale);
    },
  );

  test.each([
    ["no decay", adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 })],
    ["coupled decay", coupledDecay(adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 }), 0.1)],
    ["steps in proportion to the gradient", decoupledDecay(steepestDescent({ norm: norms.l2, normalized: false }), 0.1)],
    ["Shampoo, whose steps are too", decoupledDecay(shampoo({ exponent: "quarter", accumulate: true, epsilon: 1e-4 }), 0.1)],
  ] satisfies [string, Optimizer][])("%s has no ball, and no gap", (_, optimizer) => {
    for (const value of Object.values(gaps({ ...base, optimizer }, 3).point().measured)) expect(value).toBeNaN();
  });

  test("it needs no margins: with the squared loss, and at θ = 0", () => {
    const optimizer = inBalls[1]!.optimizer;
    const training = gaps({ ...base, optimizer, loss: losses.squared, init: Float64Array.of(0, 0) });
    // R = 2, ∇R = -Σ yᵢ xᵢ = -(7, 4.5)
    expect(training.point().measured["frankWolfeGap.linf"]).toBeCloseTo((2 * (2 + 1 + 1 + 3 + 1 + 3 + 1 - 0.5)) / 2, 12);
  });
});
