import { ArenaPlan } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import {
  type ActivationChoice,
  drive,
  initialise,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  mlp,
  type Network,
  norms,
  type Optimizer,
  sampleShapeOf,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";

type Host = (typeof hosts)[number];

const data: LabelledData = { inputs: Float64Array.of(1, 2, 2, 1, -1, -2, -2, -1), labels: [1, 1, -1, -1], inputDim: 2 };
const times = (from: LabelledData, scale: number): LabelledData => ({ ...from, inputs: from.inputs.map((x) => x * scale) });

function networkOf(depth: number, activation: ActivationChoice): Network {
  return depth === 1 ? linear({ inputDim: 2 }) : mlp({ widths: [2, ...Array.from({ length: depth - 1 }, () => 3), 1], activation });
}

function weightsOf({ layout }: Network): Float64Array {
  return Float64Array.from({ length: layout.totalCount }, (_, i) => (((i * 7) % 11) - 3) / 8);
}

function optionsOf(network: Network, change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    network,
    data,
    loss: losses.exponential,
    optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
    step: marginPaced({ c: 0.25 }),
    init: weightsOf(network),
    seed: 1,
    ...change,
  };
}

/** The refusal of a start, or undefined. */
function refusalOf(options: TrainOptions, host: Host): { code: string; path: string; message: string; hint: string } | undefined {
  try {
    new Training(options, host);
    return undefined;
  } catch (error) {
    return error as ReturnType<typeof refusalOf>;
  }
}

/** Degree of the score in the inputs: that in the first layer. */
const inputDegree = ({ layout }: Network): number => layout.blocks[0]!.degree;

/** Multiplies θ by `factor`, once. */
function shrinking(optimizer: Optimizer, factor: number): Optimizer {
  return {
    ...optimizer,
    bind: ({ theta }) => ({
      aim: () => {},
      move: () => {
        theta.view.forEach((w, i) => {
          theta.view[i] = w * factor;
        });
        return 1;
      },
    }),
  };
}

describe.each(hosts)("what no double holds, on the $host", (host) => {
  // mpmath 1.2, 60 digits, from the weights of every step
  const tinyMargins = [
    -0.263994572632135, -0.09886862616034084, -0.04526118963686259, 0.002397879032638045, 0.035131680148439245, 0.054252813635808875,
    0.0634907707134622, 0.0659806622753848,
  ];
  test("margins, accuracy and the KKT residual of scores of 10^-451 are what 60 digits say", () => {
    const network = mlp({ widths: [2, 4, 1], activation: { reluPower: 2 } });
    const training = new Training(optionsOf(network, { init: { law: "uniformFanIn", scale: 1e-150 } }), host);
    for (const [t, margin] of tinyMargins.entries()) {
      const point = training.point();
      expect(Math.abs(point.margin.l2! / margin - 1)).toBeLessThan(1e-13);
      expect(point.minMargin).toBeCloseTo(0, 300);
      expect(point.trainAccuracy).toBe([0.25, 0.25, 0.75, 1, 1, 1, 1, 1][t]);
      expect(point.perfectAccuracyStep).toBe(t < 3 ? undefined : 3);
      expect(point.health).toMatchObject({ deadSamples: 0, underflows: 4 });
      if (t >= 3) expect(point.supportCount).toBeGreaterThan(0);
      training.advance();
    }
  });

  test("the KKT residual of such scores is that of scores that a double holds", () => {
    const network = mlp({ widths: [2, 4, 1], activation: { reluPower: 2 } });
    const init = Float64Array.of(3, 1, -1, -3, 1, -1, -1, 2, 5, -4, 0.25, 0.5);
    const residualAt = (scale: number) =>
      new Training(optionsOf(network, { init: init.map((w) => w * scale) }), host).kktResidual(norms.linf);
    const tiny = residualAt(2 ** -450);
    expect(tiny.margin).toBeGreaterThan(0);
    expect(tiny.margin).toBe(residualAt(1).margin);
    // the weights of the samples are all 1/4, so the KKT residual is that of 1/4 in plain arithmetic
    const q = [0, 1, 2, 3].map((i) => {
      const [x, y] = [data.inputs[2 * i]!, data.inputs[2 * i + 1]!];
      return (
        (i < 2 ? 1 : -1) *
        [0, 1, 2, 3].reduce((sum, j) => sum + init[8 + j]! * Math.max(0, init[2 * j]! * x + init[2 * j + 1]! * y) ** 2, 0)
      );
    });
    const gradient = new Float64Array(12);
    for (let i = 0; i < 4; i++) {
      const y = i < 2 ? 0.25 : -0.25;
      for (let j = 0; j < 4; j++) {
        const z = Math.max(0, init[2 * j]! * data.inputs[2 * i]! + init[2 * j + 1]! * data.inputs[2 * i + 1]!);
        for (let k = 0; k < 2; k++) gradient[2 * j + k]! += y * init[8 + j]! * 2 * z * data.inputs[2 * i + k]!;
        gradient[8 + j]! += y * z * z;
      }
    }
    const dual = gradient.reduce((sum, g) => sum + Math.abs(g), 0);
    expect(tiny.tangentMarginRatio).toBeCloseTo((3 * Math.min(...q)) / 5 / dual, 13);
    // λᵢ = 1/4 (||θ|| / ||ghat||_*) q_min^(1/3): degree 1 - 2 + 1 = 0 in θ
    const scale = (5 / dual) * Math.cbrt(Math.min(...q));
    expect(tiny.complementarity).toBeCloseTo(
      q.reduce((sum, qi) => sum + (scale / 4) * (qi / Math.min(...q) - 1), 0),
      11,
    );
    expect(tiny.stationarity).toBeGreaterThan(0);
  });

  const activations: readonly (readonly [name: string, activation: ActivationChoice])[] = [
    ["relu", "relu"],
    ["leaky relu", { leakyRelu: 0.25 }],
    ["identity", "identity"],
    ["relu^1.5", { reluPower: 1.5 }],
    ["squared relu", { reluPower: 2 }],
  ];
  const depths = [1, 2, 3, 4, 5, 6, 7, 8];
  const powers = [-996, -498, -166, 0, 166, 498, 996]; // 2^996 is 7e299, 2^498 is 8e149

  test.each(activations)("%s: at every scale of inputs and weights, a start is that of plain scale or refused", (_name, activation) => {
    let [begun, refused] = [0, 0];
    for (const depth of depths) {
      const network = networkOf(depth, activation);
      const plain = new Training(optionsOf(network), host).point();
      for (const a of powers) {
        for (const b of powers.slice(1, -1)) {
          const options = optionsOf(network, { data: times(data, 2 ** a), init: weightsOf(network).map((w) => w * 2 ** b) });
          const refusal = refusalOf(options, host);
          const about = `depth ${depth}, inputs 2^${a}, weights 2^${b}`;
          if (refusal) {
            refused++;
            expect(refusal, about).toMatchObject({ code: "DEFINITION", path: "init" });
            expect(refusal.message, about).toMatch(/^init: at the start, (no double holds|f64 loses) the (scores|gradient)/);
            continue;
          }
          begun++;
          const training = new Training(options, host);
          training.inspect();
          const point = training.point();
          expect(training.outcome, about).toBeUndefined();
          expect(point.trainAccuracy, about).toBe(plain.trainAccuracy);
          expect(point.health.deadSamples, about).toBe(plain.health.deadSamples);
          expect(point.alignment, about).not.toBeNaN();
          expect(
            training.gradient().some((g) => g !== 0),
            about,
          ).toBe(true);
          // a margin is the score's share of the inputs' scale alone; the power of two is exact where the margin is a normal number
          const scale = inputDegree(network) * a;
          const margin = point.margin.l2!;
          if (Math.abs(scale) < 900 && plain.margin.l2 !== 0 && Math.abs(margin) > 1e-290 && Math.abs(margin) < 1e290) {
            expect(Math.abs(margin / 2 ** scale / plain.margin.l2! - 1), about).toBeLessThan(1e-12);
          }
        }
      }
    }
    expect(begun).toBeGreaterThan(60);
    expect(refused).toBeGreaterThan(60);
  });

  test.each(Object.keys(norms))("%s: runs that begin take the same steps at every scale of inputs and weights", (id) => {
    const norm = norms[id as keyof typeof norms];
    for (const depth of depths) {
      const network = networkOf(depth, "relu");
      /** Log risks of a run from weights times 2^k on inputs of plain scale: that of inputs 2^(depth j) and weights 2^(k - j). */
      const risks = (inputs: number, weights: number): number[] | undefined => {
        const options = optionsOf(network, {
          data: times(data, 2 ** inputs),
          init: weightsOf(network).map((w) => w * 2 ** weights),
          optimizer: steepestDescent({ norm, normalized: true }),
          track: [norm],
        });
        const refusal = refusalOf(options, host);
        if (refusal) {
          expect(refusal.code).toBe("DEFINITION");
          return undefined;
        }
        const training = new Training(options, host);
        const found = [training.logRisk];
        for (let t = 0; t < 5; t++) {
          training.advance();
          found.push(training.logRisk);
        }
        expect(training.outcome, `depth ${depth}, inputs 2^${inputs}, weights 2^${weights}`).toBeUndefined();
        return found;
      };
      const most = Math.floor(996 / depth);
      for (const k of [-40, -1, 0]) {
        const plain = risks(0, k)!;
        for (const j of [-most, -Math.floor(most / 2), Math.floor(most / 2), most]) {
          const scaled = risks(depth * j, k - j);
          if (scaled) expect(scaled, `depth ${depth}, k = ${k}, j = ${j}`).toEqual(plain);
          else expect(Math.abs(j)).toBe(most); // nothing is refused but at the ends of the range
        }
      }
    }
  });

  test("sample scores of any size are the scores, where a double holds those", () => {
    const cases: readonly Network[] = [
      ...activations.flatMap(([, activation]) => [networkOf(2, activation), networkOf(4, activation)]),
      linear({ inputDim: 2 }),
      mlp({ widths: [2, 4, 3, 1], activation: { reluPower: 2.5 }, frozenLayers: [0] }),
    ];
    for (const network of cases) {
      const plan = new ArenaPlan().span(network.layout.totalCount);
      network.plan(plan, sampleShapeOf(data), "forward");
      const arena = plan.allocate(host.kernels);
      const parameters = arena.span(network.layout.totalCount);
      const scorer = network.scorer(arena, parameters, data);
      initialise(arena.kernels, network, parameters, { law: "normalFanIn", scale: 2 }, 3);
      scorer.forward();
      scorer.scores.view.forEach((score, i) => {
        const { mantissas, exponent } = scorer.scaledScores!(i);
        expect(Math.abs(mantissas[0]! * 2 ** exponent - score)).toBeLessThanOrEqual(1e-14 * Math.abs(score)); // square roots of odd powers of two round
      });
    }
  });

  test("test samples of any size are put on the side that they are on", () => {
    const network = mlp({ widths: [2, 4, 1], activation: { reluPower: 2 } });
    const test = { inputs: Float64Array.of(1, 3, 2, -1, -1, -3, -2, 1, 3, 0), labels: [1, -1, 1, -1, 1], inputDim: 2 };
    const accuracies = [1, 1e-100, 1e-200, 1e-300].map(
      (scale) => new Training(optionsOf(network, { testData: times(test, scale) }), host).point().testAccuracy,
    );
    expect(accuracies[0]).toBeGreaterThan(0);
    expect(accuracies[0]).toBeLessThan(1);
    expect(new Set(accuracies).size).toBe(1);
  });

  test("a sample that is lost among others is counted, on its side, not dead, and said so", () => {
    const network = mlp({ widths: [2, 3, 1], activation: { reluPower: 2 } });
    const options = optionsOf(network, {
      data: { inputs: Float64Array.of(1, 2, 1e-200, 2e-200, -2, -1), labels: [1, 1, -1], inputDim: 2 },
      stop: { steps: 3 },
    });
    const plain = optionsOf(network, { data: { inputs: Float64Array.of(1, 2, 1, 2, -2, -1), labels: [1, 1, -1], inputDim: 2 } });
    const point = new Training(options, host).point();
    expect(point.health).toMatchObject({ underflows: 1, deadSamples: 0 });
    expect(point.trainAccuracy).toBe(new Training(plain, host).point().trainAccuracy);
    const warnings = [...drive(new Training(options, host), { perDecade: 1 }, host)].filter(({ kind }) => kind === "warning");
    expect(warnings).toContainEqual({
      kind: "warning",
      what: "underflow",
      step: 0,
      value: 1,
      advice: "start from larger weights or multiply the inputs by a constant",
    });
  });

  test("a run whose gradient becomes 0 only in f64 has underflowed, one whose gradient is 0 is stationary", () => {
    const network = mlp({ widths: [2, 3, 1], activation: { reluPower: 2 } });
    const outcomeAfter = (factor: number) => {
      const options = optionsOf(network, { optimizer: shrinking(steepestDescent({ norm: norms.l2, normalized: true }), factor) });
      const training = new Training({ ...options, step: { ...options.step, appliesTo: "any" } }, host);
      training.advance();
      training.inspect();
      return training.outcome;
    };
    expect(outcomeAfter(1e-170)).toEqual({ kind: "diverged", step: 1, what: "underflow" });
    expect(outcomeAfter(1e-100)).toBeUndefined();
    expect(outcomeAfter(0)).toEqual({ kind: "stationary-not-separated", step: 1 });
  });

  test.each([
    [
      "inputs of 1e-300 under a square",
      2,
      { reluPower: 2 },
      1e-300,
      1,
      /^init: at the start, no double holds the gradient in layer 1 of 2 \(about 10\^-[56]..\), from weights up to 0\.875 and inputs up to 2e-300$/,
      "start from larger weights, or multiply the inputs by a constant",
    ],
    [
      "scores beyond the largest double",
      3,
      "relu",
      1,
      1e150,
      /^init: at the start, no double holds the scores \(about 10\^4..\), from weights up to 8\.75e\+149 and inputs up to 2$/,
      "start from smaller weights, or divide the inputs by a constant",
    ],
    [
      "layers whose product is lost on the way",
      8,
      "relu",
      1e300,
      1e-50,
      /^init: at the start, f64 loses the gradient in layer 1 of 8 \(about 10\^-..\) on the way, /,
      "bring the layers, and the inputs, to sizes nearer to each other",
    ],
  ] as const)("%s are refused in words", (_name, depth, activation, inputs, weights, message, hint) => {
    const network = networkOf(depth, activation);
    const refusal = refusalOf(optionsOf(network, { data: times(data, inputs), init: weightsOf(network).map((w) => w * weights) }), host);
    expect(refusal?.message).toMatch(message);
    expect(refusal).toMatchObject({ code: "DEFINITION", path: "init", hint });
  });
});
