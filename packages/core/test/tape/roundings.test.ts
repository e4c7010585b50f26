import { ArenaPlan } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import {
  type ActivationChoice,
  arrayNetwork,
  conv2d,
  dense,
  drawUniform,
  initialise,
  type LabelledData,
  layers,
  maxPool,
  mlp,
  type Network,
  sampleShapeOf,
} from "../../src/index.js";
import { everyLayer } from "../support/everyLayer.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const [{ kernels }] = hosts as [(typeof hosts)[0]];

/** Multiples of 2^-30 in (-1, 1): sums and products of a few are exact in big integers. */
function dyadic(seed: number, count: number): Float64Array {
  return drawUniform(kernels, { seed, stream: 902, count }).map((u) => Math.round((2 * u - 1) * 2 ** 30) / 2 ** 30);
}

const bigs = (values: ArrayLike<number>): bigint[] => Array.from(values, (value) => BigInt(Math.round(value * 2 ** 30)));

/** Scores and gradient of y f(x; θ) for a perceptron with one hidden layer and slopes 0 and 1, or their powers, in integers: unit 2^-30 per factor. */
function exact(theta: bigint[], x: bigint[], width: number, power: number): { readonly score: bigint; readonly gradient: bigint[] } {
  const d = x.length;
  const h = Array.from({ length: width }, (_, j) => x.reduce((sum, v, k) => sum + v * theta[j * d + k]!, 0n));
  const [act, slope] = [
    (v: bigint): bigint => (v > 0n ? v ** BigInt(power) : 0n),
    (v: bigint): bigint => (v > 0n ? BigInt(power) * v ** BigInt(power - 1) : 0n),
  ];
  const outer = theta.slice(width * d);
  return {
    score: h.reduce((sum, v, j) => sum + outer[j]! * act(v), 0n),
    gradient: [...h.flatMap((v, j) => x.map((b) => outer[j]! * slope(v) * b)), ...h.map(act)],
  };
}

/** value 2^-exponent. */
const toNumber = (value: bigint, exponent: number): number => Number(value) / 2 ** exponent;

describe("the roundings of a tape", () => {
  test.each(Object.entries(everyLayer).filter(([, { roundings }]) => roundings !== undefined))(
    "%s is majorized by itself at |θ| and |x|",
    (_, network) => {
      const data = samples({ seed: 3, sampleCount: 1, inputDim: network.inputDim });
      const theta = dyadic(4, network.layout.parameterCount);
      const seeds = Array.from({ length: network.outputs }, () => 1);
      const [own, most] = [data, { ...data, inputs: data.inputs.map(Math.abs) }].map((one) => arrayNetwork(network, one, kernels)) as [
        ReturnType<typeof arrayNetwork>,
        ReturnType<typeof arrayNetwork>,
      ];
      const above = (a: Float64Array, b: Float64Array): boolean => a.every((value, j) => Math.abs(value) <= b[j]! * (1 + 1e-12) + 1e-12);
      expect(above(own.scores(theta), most.scores(theta.map(Math.abs)))).toBe(true);
      expect(above(own.gradient(theta, seeds), most.gradient(theta.map(Math.abs), seeds))).toBe(true);
    },
  );

  test.each([1, 2, 3])(
    "bound the errors of a perceptron of degree %i, in big integers, and are no more than ten times the sums' terms",
    (power) => {
      const [width, inputDim] = [7, 5];
      const activation: ActivationChoice = power === 1 ? "relu" : { reluPower: power };
      const network = mlp({ widths: [inputDim, width, 1], activation });
      const k = network.roundings!;
      expect(k).toBeGreaterThan(inputDim + width);
      expect(k).toBeLessThan(10 * power * (inputDim + width));
      const gamma = (k * 2 ** -53) / (1 - k * 2 ** -53);
      let largest = 0;
      for (let seed = 0; seed < 50; seed++) {
        const theta = dyadic(seed, network.layout.parameterCount);
        const inputs = dyadic(1000 + seed, inputDim);
        const data = { inputs, inputDim, labels: [1] } as LabelledData;
        const own = arrayNetwork(network, data, kernels);
        const most = arrayNetwork(network, { ...data, inputs: inputs.map(Math.abs) }, kernels);
        const truth = exact(bigs(theta), bigs(inputs), width, power);
        const bound = [...most.scores(theta.map(Math.abs)), ...most.gradient(theta.map(Math.abs), [1])];
        const factors = [
          60 * power + 30,
          ...Array.from({ length: width * inputDim }, () => 60 * power),
          ...Array.from({ length: width }, () => 60 * power),
        ];
        const computed = [...own.scores(theta), ...own.gradient(theta, [1])];
        for (const [j, value] of [truth.score, ...truth.gradient].entries()) {
          // the difference in integers: f64 values are multiples of 2^-400
          const scaled = BigInt(Math.round(computed[j]! * 2 ** 80)) * 2n ** BigInt(factors[j]! + 320) - value * 2n ** 400n;
          const error = Math.abs(toNumber(scaled, 0) / 2 ** 400 / 2 ** factors[j]!);
          const allowed = gamma * bound[j]! + 2 ** -80;
          expect(error).toBeLessThanOrEqual(allowed);
          if (bound[j]! > 0) largest = Math.max(largest, error / bound[j]! / 2 ** -53);
        }
      }
      expect(largest).toBeGreaterThan(0.1); // it does round
    },
  );

  test("are unknown where a largest entry decides which gradient there is", () => {
    const image = { channels: 1, height: 4, width: 4 };
    const pooled = layers({
      input: image,
      layers: [conv2d({ channels: 2, size: 3, padding: 1 }), maxPool({ size: 2, stride: 2 }), dense({ units: 1 })],
    });
    expect(pooled.roundings).toBeUndefined();
    expect(mlp({ widths: [2, 3, 1], activation: { reluPower: 1.5 } }).roundings).toBeUndefined();
    expect(mlp({ widths: [2, 3, 1], activation: { leakyRelu: 2 } }).roundings).toBeUndefined();
  });
});

/** The gradient of the score with the units at `units` of the first kinked slot set to the entries given. */
function gradientWith(
  network: Network,
  theta: Float64Array,
  inputs: Float64Array,
  entries: Readonly<Record<number, number>>,
): Float64Array {
  const data: LabelledData = { inputs, inputDim: inputs.length, labels: [1] };
  const lengths = { parameters: network.layout.totalCount, out: theta.length, one: 1 };
  const plan = new ArenaPlan().spans(lengths);
  network.plan(plan, sampleShapeOf(data), "training");
  const arena = plan.allocate(kernels);
  const { parameters, out, one } = arena.spans(lengths);
  initialise(arena.kernels, network, parameters, theta, 0);
  one.view[0] = 1;
  const trainer = network.trainer(arena, parameters, data);
  trainer.forward();
  for (const [unit, entry] of Object.entries(entries)) trainer.kinks![0]!.values.view[Number(unit)] = entry;
  trainer.backward();
  trainer.gradient(one, out);
  return out.view.slice();
}

describe("the kinks of a trainer", () => {
  test.each<ActivationChoice>(["relu", "abs", { leakyRelu: 0.25 }, { reluPower: 1 }])(
    "%j: another sign of an input takes the derivative of the other side",
    (activation) => {
      const network = mlp({ widths: [2, 2, 1], activation });
      const inputs = Float64Array.of(1, 1);
      const near = 2 ** -40;
      const above = Float64Array.of(1, -1 + near, 0.5, 1, 2, -3);
      const below = Float64Array.of(1, -1 - near, 0.5, 1, 2, -3);
      const flipped = gradientWith(network, above, inputs, { 0: -1 });
      const truth = gradientWith(network, below, inputs, {});
      expect(gradientWith(network, above, inputs, {})[0]).not.toBe(truth[0]);
      for (const [j, value] of truth.entries()) expect(Math.abs(flipped[j]! - value)).toBeLessThan(8 * near);
    },
  );

  test("are those of every activation that has one, and of none that is smooth", () => {
    const slots = (activation: ActivationChoice): number => {
      const network = mlp({ widths: [2, 3, 4, 1], activation });
      const data: LabelledData = { inputs: Float64Array.of(1, 2), inputDim: 2, labels: [1] };
      const plan = new ArenaPlan().span(network.layout.totalCount);
      network.plan(plan, sampleShapeOf(data), "training");
      const arena = plan.allocate(kernels);
      return network.trainer(arena, arena.span(network.layout.totalCount), data).kinks!.length;
    };
    expect(slots("relu")).toBe(2);
    expect(slots({ leakyRelu: 0.5 })).toBe(2);
    expect(slots({ reluPower: 2 })).toBe(0);
    expect(slots("identity")).toBe(0);
  });
});
