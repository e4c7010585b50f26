import { describe, expect, test } from "vitest";
import {
  averagePool,
  branches,
  constant,
  conv2d,
  dense,
  diagonal,
  flatten,
  globalPool,
  type LabelledData,
  layers,
  losses,
  marginPaced,
  maxPool,
  type Network,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { everyOptimizer } from "../support/everyOptimizer.js";
import { type hosts as allHosts, hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

type Host = (typeof allHosts)[number];

const gradient = steepestDescent({ norm: norms.l2, normalized: true });

function after(steps: number, options: TrainOptions, host: Host): Training {
  const training = new Training(options, host);
  for (let t = 0; t < steps; t++) training.advance();
  return training;
}

const image = { channels: 1, height: 4, width: 4 };
const imageData = samples({ seed: 5, sampleCount: 8, inputDim: 16 });
const convolution = layers({
  input: image,
  layers: [conv2d({ channels: 3, size: 3, padding: 1, bias: true }), "relu", maxPool({ size: 2 }), flatten(), dense({ units: 1 })],
});
const threeOutputs = layers({ input: image, layers: [conv2d({ channels: 2, size: 3 }), "abs", dense({ units: 3 })] });

const base: TrainOptions = {
  network: convolution,
  data: imageData,
  loss: losses.logistic,
  optimizer: gradient,
  step: constant({ size: 0.05 }),
  init: { law: "normalFanIn", scale: 1 },
  seed: 3,
  stop: { steps: 1000 },
};

describe.each(hosts)("training of networks of layers on the $host", (host) => {
  test.each<readonly [string, Network, LabelledData]>([
    ["a convolution", convolution, imageData],
    ["several classes", threeOutputs, { ...imageData, labels: [0, 1, 2, 0, 1, 2, 0, 1], classes: 3 }],
  ])("%s: a batch of all samples is the full batch, bit for bit", (_name, network, data) => {
    for (const step of [constant({ size: 0.05 }), marginPaced({ c: 0.25 })]) {
      const options = { ...base, network, data, step };
      const [whole, batch] = [options, { ...options, batch: { size: 8, order: "shuffled" } as const }].map((one) => after(15, one, host));
      expect(batch!.parameters()).toEqual(whole!.parameters());
      expect(batch!.logRisk).toBe(whole!.logRisk);
      expect(batch!.logRisk).toBeLessThan(new Training(options, host).logRisk);
    }
  });

  describe("input columns that are always zero", () => {
    const narrow = samples({ seed: 6, sampleCount: 8, inputDim: 4 });
    const columns = [1, 3, 4, 8]; // of nine
    const wide: LabelledData = { ...narrow, inputDim: 9, inputs: new Float64Array(72) };
    narrow.inputs.forEach((x, at) => {
      wide.inputs[9 * Math.floor(at / 4) + columns[at % 4]!] = x;
    });
    const isIdle = (i: number, inputs: number): boolean => !columns.includes(i % inputs);
    /** The weights of the wide network without those of idle columns, in the blocks of that many columns. */
    const kept = (network: Network, parameters: Float64Array): Float64Array =>
      Float64Array.from(
        placesOf(network).flatMap(({ from, to, inputs }) =>
          [...parameters.subarray(from, to)].filter((_, i) => inputs !== 9 || !isIdle(i, inputs)),
        ),
      );
    test.each([
      [
        "one dense product with a bias",
        (input: number) => layers({ input, layers: [dense({ units: 4, bias: true }), "relu", dense({ units: 1 })] }),
        true,
      ],
      [
        "one dense product, frozen layers after it",
        (input: number) =>
          layers({ input, layers: [dense({ units: 4 }), "relu", dense({ units: 3, frozen: true }), "abs", dense({ units: 1 })] }),
        true,
      ],
      [
        "a diagonal layer first",
        (input: number) => layers({ input, layers: [diagonal(), dense({ units: 3 }), "relu", dense({ units: 1 })] }),
        false,
      ],
    ] as const)("%s: training is that without them", (_name, networkOf, hasOther) => {
      const [small, large] = [networkOf(4), networkOf(9)];
      expect(large.withInputDim !== undefined).toBe(hasOther);
      const start = new Training({ ...base, network: large, data: wide }, host).parameters();
      const whole = after(20, { ...base, network: large, data: wide }, host);
      const part = after(20, { ...base, network: small, data: narrow, init: kept(large, start) }, host);
      // steps of the same length are shares of the same gradient: only the order of sums over columns differs
      const [found, expected] = [kept(large, whole.parameters()), part.parameters()];
      expect(found).toHaveLength(expected.length);
      found.forEach((w, i) => {
        expect(Math.abs(w - expected[i]!)).toBeLessThanOrEqual(1e-12);
      });
      expect(found.some((w, i) => w !== kept(large, start)[i])).toBe(true);
      expect(whole.logRisk).toBeCloseTo(part.logRisk, 11);
      const { from, to, inputs } = placesOf(large)[0]!;
      for (let i = from; i < to; i++) if (isIdle(i, inputs)) expect(whole.parameters()[i]).toBe(start[i]);
    });
  });

  const ranged: Readonly<Record<string, Network>> = {
    "a convolution with a bias": convolution,
    "a convolution, squares and pooling": layers({
      input: image,
      layers: [conv2d({ channels: 2, size: 2 }), { reluPower: 2 }, averagePool({ size: 2, stride: 1 }), dense({ units: 1 })],
    }),
    "pooling of inputs": layers({
      input: image,
      layers: [
        maxPool({ size: 2, stride: 1 }),
        conv2d({ channels: 3, size: 2 }),
        "abs",
        globalPool({ of: "average" }),
        dense({ units: 1 }),
      ],
    }),
    branches: layers({
      input: 16,
      layers: [
        branches({
          sum: [
            [dense({ units: 3 }), "relu"],
            [dense({ units: 3 }), { leakyRelu: 0.5 }],
          ],
        }),
        branches({
          sum: [
            [dense({ units: 2 }), { reluPower: 2 }],
            [dense({ units: 2, bias: true, frozen: true }), diagonal(), diagonal()],
          ],
        }),
        dense({ units: 1 }),
      ],
      homogeneity: "measured",
    }),
    "shared weights": layers({
      input: 16,
      layers: [
        dense({ units: 3 }),
        "relu",
        dense({ units: 3, weights: "w" }),
        { reluPower: 1.5 },
        dense({ units: 3, weights: "w" }),
        dense({ units: 1 }),
      ],
    }),
  };
  test.each(Object.entries(ranged))(
    "%s: at every scale of inputs and weights, a start is that of plain scale or refused",
    (_name, network) => {
      const plain = new Training({ ...base, network }, host);
      const init = plain.parameters();
      const { isHomogeneous, inputDegree, degree } = network;
      let [begun, refused] = [0, 0];
      for (const a of inputDegree === undefined ? [0] : [-996, -498, -166, 0, 166, 498, 996]) {
        for (const b of isHomogeneous ? [-498, -300, -166, 0, 166, 300, 498] : [0]) {
          const data = { ...imageData, inputs: imageData.inputs.map((x) => x * 2 ** a) };
          const about = `inputs 2^${a}, weights 2^${b}`;
          let training: Training;
          try {
            training = new Training({ ...base, network, data, init: init.map((w) => w * 2 ** b) }, host);
          } catch (error) {
            refused++;
            expect(error, about).toMatchObject({ code: "DEFINITION", path: "init" });
            expect((error as Error).message, about).toMatch(/^init: at the start, (no double holds|f64 loses) the (scores|gradient)/);
            continue;
          }
          begun++;
          training.inspect();
          const [point, plainPoint] = [training.point(), plain.point()];
          expect(training.outcome, about).toBeUndefined();
          expect(point.trainAccuracy, about).toBe(plainPoint.trainAccuracy);
          expect(point.health.deadSamples, about).toBe(plainPoint.health.deadSamples);
          expect(
            training.gradient().some((g) => g !== 0),
            about,
          ).toBe(true);
          const scale = (inputDegree ?? 0) * a; // the weights' share cancels: the frozen ones are none of θ
          const margin = point.margin.l2!;
          if (
            network.layout.parameterCount === network.layout.totalCount &&
            Math.abs(scale) < 900 &&
            Math.abs(margin) > 1e-290 &&
            Math.abs(margin) < 1e290
          ) {
            expect(Math.abs(margin / 2 ** scale / plainPoint.margin.l2! - 1), `${about}, degree ${degree}`).toBeLessThan(1e-12);
          }
        }
      }
      expect(begun).toBeGreaterThan(0);
      if (inputDegree !== undefined) expect(Math.min(begun, refused)).toBeGreaterThan(8);
    },
  );

  describe.each(Object.entries(everyOptimizer))("%s", (_name, optimizer) => {
    test("moves the layers that train, keeps the frozen ones, and one matrix for two layers stays one", () => {
      const network = layers({
        input: 4,
        layers: [
          dense({ units: 4, weights: "w" }),
          "relu",
          dense({ units: 4, frozen: true }),
          { leakyRelu: 0.5 },
          dense({ units: 4, weights: "w" }),
          dense({ units: 1 }),
        ],
      });
      expect(network.layout.blocks.map(({ name, trainable }) => [name, trainable])).toEqual([
        ["w", true],
        ["layer2", false],
        ["layer4", true],
      ]);
      const data = samples({ seed: 6, sampleCount: 8, inputDim: 4 });
      const options = { ...base, network, data, optimizer, step: { ...constant({ size: 1e-3 }), appliesTo: "any" } as const };
      const start = new Training(options, host).parameters();
      const training = after(5, options, host);
      const moved = training.parameters().map((w, i) => w - start[i]!);
      expect(training.outcome).toBeUndefined();
      for (const { from, to, trainable } of placesOf(network)) {
        if (!trainable) expect(moved.subarray(from, to)).toEqual(new Float64Array(to - from));
      }
      expect(moved.some((d) => d !== 0)).toBe(true);
    });
  });
});

/** The places of the blocks among the parameters that a training is given and gives: in the order of the layers. */
function placesOf({
  layout,
}: Network): { readonly from: number; readonly to: number; readonly inputs: number; readonly trainable: boolean }[] {
  let next = 0;
  return layout.blocks.map(({ inputs, outputs, trainable }) => {
    const from = next;
    next += inputs * outputs;
    return { from, to: next, inputs, trainable };
  });
}
