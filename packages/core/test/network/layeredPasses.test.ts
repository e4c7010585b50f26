import { ArenaPlan, type KernelFactory, type Span } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import {
  arrayNetwork,
  averagePool,
  branches,
  conv2d,
  dense,
  diagonal,
  flatten,
  globalPool,
  initialise,
  layers,
  maxout,
  maxPool,
  type Network,
  sampleShapeOf,
  type TrainerOptions,
} from "../../src/index.js";
import { composition } from "../support/composition.js";
import { everyLayer } from "../support/everyLayer.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const image = { channels: 2, height: 5, width: 4 };

/** Networks of every kind of layer; all homogeneous. */
const networks: Readonly<Record<string, Network>> = {
  ...everyLayer,
  "bias in the first layer": layers({ input: 3, layers: [dense({ units: 5, bias: true }), "relu", dense({ units: 1 })] }),
  "squares of shared weights": layers({
    input: 3,
    layers: [dense({ units: 3, weights: "w" }), { reluPower: 2 }, dense({ units: 3, weights: "w" }), "abs", dense({ units: 2 })],
  }),
  "diagonal layers, maxout": layers({
    input: 4,
    layers: [diagonal(), "identity", diagonal(), dense({ units: 6 }), maxout({ pieces: 2 }), dense({ units: 3 })],
  }),
  branches: layers({
    input: 3,
    layers: [
      branches({
        sum: [
          [dense({ units: 4 }), "relu"],
          [dense({ units: 4, frozen: true }), diagonal()],
        ],
      }),
      branches({ sum: [[dense({ units: 3 }), { leakyRelu: 0.25 }], [dense({ units: 3 })]] }),
      { reluPower: 1.5 },
      dense({ units: 1 }),
    ],
  }),
  "convolutions, pooling": layers({
    input: image,
    layers: [
      conv2d({ channels: 3, size: 3, padding: 1, bias: true }),
      "relu",
      maxPool({ size: 2, stride: 1 }),
      conv2d({ channels: 2, size: 2, stride: 2 }),
      { reluPower: 2 },
      flatten(),
      dense({ units: 2 }),
    ],
  }),
  "relu of largest entries, whose layers look at their outputs again on the way back": layers({
    input: image,
    layers: [
      conv2d({ channels: 3, size: 2 }),
      maxPool({ size: 2, stride: 1 }),
      "relu",
      flatten(),
      dense({ units: 6 }),
      maxout({ pieces: 2 }),
      "relu",
      dense({ units: 2 }),
    ],
  }),
  "pooling of inputs": layers({
    input: image,
    layers: [averagePool({ size: 2, stride: 1 }), conv2d({ channels: 3, size: 2 }), "relu", globalPool({ of: "max" }), dense({ units: 1 })],
  }),
  "global mean": layers({
    input: image,
    layers: [conv2d({ channels: 3, size: 2 }), { leakyRelu: 0.5 }, globalPool({ of: "average" }), dense({ units: 1 })],
  }),
};

/** Seven samples in pairs of near directions; the third is zero. */
function dataFor({ inputDim }: Network) {
  const data = samples({ seed: 3, sampleCount: 7, inputDim });
  data.inputs.fill(0, 2 * inputDim, 3 * inputDim);
  return data;
}

function bind(network: Network, kernels: KernelFactory, options: TrainerOptions = {}) {
  const data = dataFor(network);
  const { totalCount, parameterCount } = network.layout;
  const lengths = {
    parameters: totalCount,
    seeds: 7 * network.outputs,
    weights: 7,
    out: parameterCount,
    direction: parameterCount,
    response: 7 * network.responseSize!,
  };
  const plan = new ArenaPlan().spans(lengths);
  network.plan(plan, sampleShapeOf(data), "training");
  const arena = plan.allocate(kernels);
  const spans = arena.spans(lengths);
  const trainer = network.trainer(arena, spans.parameters, data, options);
  initialise(arena.kernels, network, spans.parameters, { law: "normalFanIn", scale: 1 }, 5);
  spans.seeds.view.set(
    network.outputs === 1 ? new Float64Array(7).fill(1) : samples({ seed: 8, sampleCount: 7, inputDim: network.outputs }).inputs,
  );
  const run = (): typeof trainer => {
    trainer.forward();
    trainer.backward(network.outputs === 1 ? undefined : spans.seeds);
    return trainer;
  };
  return { ...spans, data, trainer, run };
}

const scaleBlock = ({ layout }: Network, parameters: Span, block: number, factor: number): void => {
  const { offset, inputs, outputs } = layout.blocks[block]!;
  for (let i = offset; i < offset + inputs * outputs; i++) parameters.view[i]! *= factor;
};

const groupsOf = ({ layout }: Network): number[] => [
  ...new Set(layout.blocks.flatMap(({ group, trainable }) => (trainable ? [group!] : []))),
];

describe.each(hosts)("passes of networks of layers on the $host", ({ kernels }) => {
  describe.each(Object.entries(networks))("%s", (_name, network) => {
    test("a trainer that overwrites the inputs of kinks gives the same bits, and tells nothing of kinks", () => {
      const figuresOf = (options: TrainerOptions) => {
        const { trainer, out, weights, run } = bind(network, kernels, options);
        run();
        weights.view.set([1, 0.5, 3, 0.25, 1, 2, 0.125]);
        trainer.gradient(weights, out);
        const scaled = trainer.scaledScores?.(4).mantissas.slice();
        const exponents = network.layout.blocks.map((_, b) => b + 1);
        const derivatives = new Float64Array(7);
        trainer.scalingDerivatives!(exponents, derivatives);
        const figures = [trainer.scores.view, out.view, derivatives].map((values) => [...values]);
        return { figures, scaled, dead: trainer.deadSamples(), range: trainer.rangeLoss?.(), kinks: trainer.kinks };
      };
      const [kept, overwritten] = [figuresOf({}), figuresOf({ overwrites: true })];
      expect({ ...overwritten, kinks: undefined }).toEqual({ ...kept, kinks: undefined });
      expect(kept.kinks).toBeDefined();
      expect(overwritten.kinks).toBeUndefined();
    });

    test("responses to a direction, with δ, are the products of the samples' gradients with it", () => {
      const { trainer, out, weights, run, response, direction } = bind(network, kernels);
      run();
      direction.view.set(samples({ seed: 21, sampleCount: 1, inputDim: direction.length }).inputs);
      const products = new Float64Array(7);
      const sizes: number[] = [];
      trainer.responses!(direction, response, ({ size, values, delta }) => {
        sizes.push(size);
        expect(values.length).toBe(7 * size);
        for (let at = 0; at < 7 * size; at++) products[Math.floor(at / size)]! += delta.view[at]! * response.view[at]!;
      });
      expect(Math.max(...sizes)).toBe(network.responseSize);
      for (let i = 0; i < 7; i++) {
        weights.view.fill(0)[i] = 1;
        trainer.gradient(weights, out);
        const terms = [...out.view].map((entry, j) => entry * direction.view[j]!);
        const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
        const exact = terms.reduce((sum, term) => sum + term, 0);
        // sums of some hundred products in another order; what cancels inside of an operation may be larger than what is left of it
        expect(Math.abs(products[i]! - exact)).toBeLessThanOrEqual(2 ** -40 * size + 2 ** -44);
      }
    });

    /** The exponents by group: some far up, some far down, to the ends of the range. */
    const ladders = [(l: number) => (l % 2 === 0 ? 400 : -400), (l: number) => (l % 2 === 0 ? -400 : 400), () => -400, () => 400];
    test("scores of any size are those of plain weights times the powers of two of the degrees, in every group of weights", () => {
      const { trainer, parameters, run } = bind(network, kernels);
      run();
      const plain = Array.from({ length: 7 }, (_, i) => ({
        mantissas: trainer.scaledScores!(i).mantissas.slice(),
        exponent: trainer.scaledScores!(i).exponent,
      }));
      plain.forEach(({ mantissas, exponent }, i) => {
        mantissas.forEach((mantissa, c) => {
          const score = trainer.scores.view[i * network.outputs + c]!;
          expect(Math.abs(mantissa * 2 ** exponent - score)).toBeLessThanOrEqual(1e-13 * Math.abs(score));
        });
      });
      for (const ladder of ladders) {
        const start = parameters.view.slice();
        let shift = 0;
        groupsOf(network).forEach((group, l) => {
          const power = ladder(l);
          network.layout.blocks.forEach((block, b) => {
            if (block.trainable && block.group === group) scaleBlock(network, parameters, b, 2 ** power);
          });
          shift += power * network.layout.blocks.find((block) => block.group === group && block.trainable)!.degree;
        });
        trainer.forward();
        plain.forEach((before, i) => {
          const { mantissas, exponent } = trainer.scaledScores!(i);
          mantissas.forEach((mantissa, c) => {
            const expected = before.mantissas[c]!;
            if (expected === 0) expect(mantissa).toBe(0);
            else expect(Math.abs((mantissa / expected) * 2 ** (exponent - before.exponent - shift) - 1)).toBeLessThanOrEqual(1e-12); // square roots of odd powers of two round
          });
        });
        parameters.view.set(start);
      }
    });

    test("dead samples are those whose scores cannot change, at every scale; losses to the range are there beyond it only", () => {
      const { trainer, parameters, run, seeds, weights, out } = bind(network, kernels);
      const { outputs, layout } = network;
      const gradientOf = (i: number): Float64Array => {
        weights.view.fill(0);
        weights.view[i] = 1;
        trainer.gradient(weights, out);
        return out.view.slice();
      };
      run();
      const dead = Array.from({ length: 7 }, (_, i) => i).filter(
        (i) =>
          trainer.scores.view.subarray(i * outputs, (i + 1) * outputs).every((score) => score === 0) && gradientOf(i).every((g) => g === 0),
      );
      expect(trainer.deadSamples()).toBe(dead.length);
      expect(trainer.rangeLoss!()).toEqual({ samples: 0, layers: [] });
      const start = parameters.view.slice();
      for (const power of [-400, 400]) {
        parameters.view.forEach((w, i) => {
          parameters.view[i] = i < layout.parameterCount ? w * 2 ** power : w;
        });
        run();
        expect(trainer.deadSamples(), `2^${power}`).toBe(dead.length);
        // entries of θ are about 1: the scores are about 2^(power L), the gradients 2^(power (L - 1)), of which f64 holds 2^±1010
        const { samples, layers: lost } = trainer.rangeLoss!();
        const isBeyond = (k: number): boolean => 400 * k > 1010;
        expect(samples, `2^${power}`).toBe(isBeyond(network.degree) ? 7 - dead.length : 0);
        const trained = layout.blocks.filter(({ trainable }) => trainable).length;
        expect(lost.length, `2^${power}`).toBe(isBeyond(network.degree - 1) ? trained : 0);
        parameters.view.set(start);
      }
      seeds.view.fill(0);
      if (outputs > 1) {
        run();
        expect(trainer.rangeLoss!()).toEqual({ samples: 0, layers: [] }); // a gradient that is 0 has lost nothing
      }
    });

    test("replaced samples give the bits of the samples themselves", () => {
      const { data, trainer, run, parameters, seeds, weights, out } = bind(network, kernels);
      run();
      weights.view.set([0.5, -1, 2, 0.25, 1, -3, 0.125]);
      trainer.gradient(weights, out);
      const lengths = { theta: network.layout.totalCount, seeds: seeds.length, weights: 7, out: out.length };
      const plan = new ArenaPlan().spans(lengths);
      network.plan(plan, sampleShapeOf(data), "batch");
      const arena = plan.allocate(kernels);
      const spans = arena.spans(lengths);
      spans.theta.view.set(parameters.view);
      const batch = network.batchTrainer(arena, spans.theta, samples({ seed: 77, sampleCount: 7, inputDim: network.inputDim }));
      const order = [3, 0, 6, 5, 1, 2, 4];
      batch.forward();
      batch.load(data, order);
      batch.forward();
      spans.seeds.view.set(order.flatMap((i) => Array.from(seeds.view.subarray(i * network.outputs, (i + 1) * network.outputs))));
      batch.backward(network.outputs === 1 ? undefined : spans.seeds);
      expect(Array.from(batch.scores.view)).toEqual(
        order.flatMap((i) => Array.from(trainer.scores.view.subarray(i * network.outputs, (i + 1) * network.outputs))),
      );
      expect(batch.deadSamples()).toBe(trainer.deadSamples());
      batch.load(data, [0, 1, 2, 3, 4, 5, 6]);
      batch.forward();
      spans.seeds.view.set(seeds.view);
      batch.backward(network.outputs === 1 ? undefined : spans.seeds);
      spans.weights.view.set(weights.view);
      batch.gradient(spans.weights, spans.out);
      expect(spans.out.view).toEqual(out.view);
    });
  });

  test("a sum of parts that are 2^2000 apart is the larger one", () => {
    const network = layers({ input: 1, layers: [dense({ units: 2, bias: true }), "relu", dense({ units: 1 })] });
    const { trainer, parameters, data } = bind(network, kernels);
    const x = data.inputs[0]!;
    const [large, small] = [2 ** 1000, 2 ** -1000];
    for (const [weight, bias, expected] of [
      [large, small, Math.abs(x)],
      [small, large, 1],
    ] as const) {
      parameters.view.set([Math.sign(x) * weight, 0, bias, 0, 1, 0]); // W, b, then the row above them
      trainer.forward();
      const { mantissas, exponent } = trainer.scaledScores!(0);
      expect(mantissas[0]! * 2 ** (exponent - 1000)).toBe(expected);
    }
  });

  test("a score beyond the largest double, of weights next to it", () => {
    const { trainer, parameters, data } = bind(layers({ input: 1, layers: [dense({ units: 1 })] }), kernels);
    parameters.view[0] = 1.875 * 2 ** 1023;
    trainer.forward();
    for (let i = 0; i < 7; i++) {
      const { mantissas, exponent } = trainer.scaledScores!(i);
      expect(mantissas[0]! * 2 ** (exponent - 1023)).toBe(1.875 * data.inputs[i]!);
    }
  });

  test("a gradient is written whole, by a limit without some of the weights too", () => {
    const network = layers({
      input: 3,
      homogeneity: "measured",
      layers: [
        dense({ units: 3, bias: true }),
        branches({ sum: [[], [dense({ units: 3, bias: true }), "relu"]] }),
        dense({ units: 1, bias: true }),
      ],
    });
    for (const one of [network, network.limit!()]) {
      const { out, weights, trainer, run } = bind(one, kernels);
      run();
      weights.view.fill(1);
      out.view.fill(Number.NaN);
      trainer.gradient(weights, out);
      const clean = out.view.slice();
      out.view.fill(7);
      trainer.gradient(weights, out);
      expect(out.view).toEqual(clean);
      expect(clean.some(Number.isNaN)).toBe(false);
    }
  });

  test("a sample is dead in a network that is not homogeneous where its score and its gradient are 0", () => {
    const network = layers({ input: 3, homogeneity: "measured", layers: [dense({ units: 4 }), "silu", dense({ units: 1 })] });
    const { trainer, run } = bind(network, kernels);
    run();
    expect(trainer.deadSamples()).toBe(1); // the sample of zeros
  });
});

test.each(Object.entries(everyLayer))("binary and twin give the same bits: %s", (_name, network) => {
  const data = dataFor(network);
  const theta = samples({ seed: 100, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
  const coefficients = samples({ seed: 200, sampleCount: 7, inputDim: network.outputs }).inputs;
  const [binary, twin] = hosts.map(({ kernels }) => arrayNetwork(network, data, kernels));
  expect(binary!.scores(theta)).toEqual(twin!.scores(theta));
  expect(binary!.gradient(theta, coefficients)).toEqual(twin!.gradient(theta, coefficients));
});

describe("random compositions", () => {
  test.each(Array.from({ length: 40 }, (_, i) => i + 1))("binary and twin give the same bits, seed %i", (seed) => {
    const network = layers(composition(seed).options);
    const data = samples({ seed, sampleCount: 5, inputDim: network.inputDim });
    const theta = samples({ seed: seed + 100, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
    const coefficients = samples({ seed: seed + 200, sampleCount: 5, inputDim: network.outputs }).inputs;
    const [binary, twin] = hosts.map(({ kernels }) => arrayNetwork(network, data, kernels));
    expect(binary!.scores(theta)).toEqual(twin!.scores(theta));
    expect(binary!.gradient(theta, coefficients)).toEqual(twin!.gradient(theta, coefficients));
  });

  test("with biases everywhere are quasi-homogeneous in the exponents that they state", () => {
    let stated = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const network = layers(composition(seed, true).options);
      if (!network.quasiHomogeneity) continue;
      stated++;
      const { exponents, degree } = network.quasiHomogeneity;
      const subject = arrayNetwork(network, samples({ seed, sampleCount: 4, inputDim: network.inputDim }), hosts[0]!.kernels);
      const theta = samples({ seed: seed + 100, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
      const moved = theta.slice();
      for (const { layer, offset, inputs, outputs, trainable } of network.layout.blocks) {
        if (trainable) for (let i = 0; i < inputs * outputs; i++) moved[offset + i]! *= 4 ** exponents[layer]!;
        else expect(exponents[layer]).toBe(0);
      }
      const base = subject.scores(theta);
      const largest = Math.max(...base.map(Math.abs));
      for (const [i, score] of subject.scores(moved).entries()) {
        expect(Math.abs(score / 4 ** degree - base[i]!), `seed ${seed}`).toBeLessThanOrEqual(1e-11 * largest);
      }
    }
    expect(stated).toBeGreaterThan(10);
  });
});
