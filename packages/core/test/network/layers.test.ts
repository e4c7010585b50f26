import { networkLaws, registerLaws } from "@steepest/laws";
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
  type LayersOptions,
  layers,
  maxout,
  maxPool,
  mlp,
  type Network,
} from "../../src/index.js";
import { composition } from "../support/composition.js";
import { everyLayer } from "../support/everyLayer.js";
import { hosts } from "../support/hosts.js";
import { lawOptions } from "../support/profile.js";
import { samples } from "../support/samples.js";

const image = { channels: 2, height: 5, width: 4 };

const networks: Readonly<
  Record<string, { readonly options: LayersOptions; readonly degree: number; readonly degrees: readonly number[] }>
> = {
  "bias in the first layer": {
    options: { input: 4, layers: [dense({ units: 5, bias: true }), "relu", dense({ units: 1 })] },
    degree: 2,
    degrees: [1, 1, 1],
  },
  "diagonal linear": { options: { input: 4, layers: [diagonal(), diagonal(), dense({ units: 1 })] }, degree: 3, degrees: [1, 1, 1] },
  "shared weights": {
    options: {
      input: 4,
      layers: [dense({ units: 4, weights: "w" }), "relu", dense({ units: 4, weights: "w" }), { reluPower: 2 }, dense({ units: 1 })],
    },
    degree: 5,
    degrees: [4, 1],
  },
  maxout: { options: { input: 4, layers: [dense({ units: 6 }), maxout({ pieces: 3 }), dense({ units: 1 })] }, degree: 2, degrees: [1, 1] },
  "branches of one degree": {
    options: {
      input: 4,
      layers: [
        branches({ sum: [[dense({ units: 3 })], [dense({ units: 3 }), "relu"]] }),
        branches({
          sum: [
            [dense({ units: 3 }), { reluPower: 2 }],
            [dense({ units: 3 }), { reluPower: 2 }, "identity"],
          ],
        }),
        dense({ units: 1 }),
      ],
    },
    degree: 5,
    degrees: [2, 2, 2, 2, 1],
  },
  "branches of one total, over different blocks": {
    options: {
      input: 4,
      layers: [
        branches({
          sum: [
            [dense({ units: 3 }), dense({ units: 3 })],
            [dense({ units: 3 }), "relu", dense({ units: 3 })],
          ],
        }),
        dense({ units: 1 }),
      ],
    },
    degree: 3,
    degrees: [2, 2, 2, 2, 1],
  },
  "an identity beside a frozen branch": {
    options: {
      input: 4,
      layers: [branches({ sum: [[], [dense({ units: 4, frozen: true })]] }), dense({ units: 3 }), "relu", dense({ units: 1 })],
    },
    degree: 2,
    degrees: [1, 1],
  },
  "features of frozen layers": {
    options: {
      input: 4,
      layers: [dense({ units: 5, bias: true, frozen: true }), "tanh", dense({ units: 3 }), "relu", dense({ units: 1 })],
    },
    degree: 2,
    degrees: [1, 1],
  },
  "three classes": { options: { input: 4, layers: [dense({ units: 5 }), "relu", dense({ units: 3 })] }, degree: 2, degrees: [1, 1] },
  convolutions: {
    options: {
      input: image,
      layers: [
        conv2d({ channels: 3, size: 3, padding: 1, bias: true }),
        "relu",
        conv2d({ channels: 2, size: 2, stride: 2 }),
        { reluPower: 1.5 },
        flatten(),
        dense({ units: 1 }),
      ],
    },
    degree: 4,
    degrees: [1.5, 1.5, 1.5, 1],
  },
  "convolution and pooling": {
    options: {
      input: image,
      layers: [
        conv2d({ channels: 3, size: 2 }),
        maxPool({ size: 2, stride: 1 }),
        averagePool({ size: 2, stride: 1 }),
        globalPool({ of: "max" }),
        dense({ units: 1 }),
      ],
    },
    degree: 2,
    degrees: [1, 1],
  },
  "global mean": {
    options: {
      input: image,
      layers: [conv2d({ channels: 4, size: 3, padding: 1 }), "relu", globalPool({ of: "average" }), dense({ units: 2 })],
    },
    degree: 2,
    degrees: [1, 1],
  },
};

describe.each(hosts)("networks of layers on the $host", ({ kernels }) => {
  describe.each(Object.entries(networks))("%s", (_name, { options, degree, degrees }) => {
    const network = layers(options);
    const inputDim = network.inputDim;
    test("has the degrees worked out by hand", () => {
      expect(network.degree).toBe(degree);
      expect(network.layout.blocks.flatMap(({ trainable, degree }) => (trainable ? [degree] : []))).toEqual(degrees);
    });
    registerLaws(test, networkLaws, arrayNetwork(network, samples({ seed: 1, sampleCount: 5, inputDim }), kernels), lawOptions);
    registerGradientTest(network, kernels);
  });

  describe.each(Object.entries(everyLayer))("%s", (_name, network) => {
    registerLaws(
      test,
      networkLaws,
      arrayNetwork(network, samples({ seed: 1, sampleCount: 5, inputDim: network.inputDim }), kernels),
      lawOptions,
    );
    registerGradientTest(network, kernels);
  });
});

/** Central differences along one random direction, at step h: the error is O(h²) where no kink lies between. */
function registerGradientTest(network: Network, kernels: (typeof hosts)[number]["kernels"]): void {
  test("the gradient is that of central differences", () => {
    const subject = arrayNetwork(network, samples({ seed: 1, sampleCount: 5, inputDim: network.inputDim }), kernels);
    const { parameterCount } = network.layout;
    const draw = samples({ seed: 9, sampleCount: 3, inputDim: parameterCount }).inputs;
    const [theta, direction] = [draw.subarray(0, parameterCount), draw.subarray(parameterCount, 2 * parameterCount)];
    const h = 1e-6;
    const [up, down] = [1, -1].map((sign) => subject.scores(theta.map((entry, j) => entry + sign * h * direction[j]!)));
    up!.forEach((score, k) => {
      const slope = (score - down![k]!) / (2 * h);
      const gradient = subject.gradient(theta, new Float64Array(up!.length).fill(1, k, k + 1));
      const inner = gradient.reduce((sum, entry, j) => sum + entry * direction[j]!, 0);
      expect(Math.abs(slope - inner)).toBeLessThan(1e-6 * Math.max(1, Math.abs(inner)));
    });
  });
}

describe.each(hosts)("random compositions on the $host", ({ kernels }) => {
  describe.each(Array.from({ length: 24 }, (_, i) => i + 1))("seed %i", (seed) => {
    const { options, text } = composition(seed);
    describe(text, () => {
      const network = layers(options);
      const data = samples({ seed, sampleCount: 4, inputDim: network.inputDim });
      registerLaws(test, networkLaws, arrayNetwork(network, data, kernels), lawOptions);
    });
  });
});

describe("what has no meaning is refused", () => {
  test.each([
    ["no layers with weights", { input: 3, layers: ["relu"] }, "at least one layer must have trainable weights"],
    ["all frozen", { input: 3, layers: [dense({ units: 1, frozen: true })] }, "at least one layer must have trainable weights"],
    [
      "a filter larger than the image",
      { input: image, layers: [conv2d({ channels: 1, size: 5 })] },
      "layers[0].size: must be at most the side of the image, 5 x 4, got 5",
    ],
    [
      "an image layer on a vector",
      { input: 9, layers: [maxPool({ size: 2 }), dense({ units: 1 })] },
      "layers[0].size: must be at most the side of the image, 1 x 1, got 2",
    ],
    [
      "a skip",
      { input: 3, layers: [dense({ units: 3 }), branches({ sum: [[], [dense({ units: 3 })]] }), dense({ units: 1 })] },
      "the network is not homogeneous",
    ],
    ["a late bias", { input: 3, layers: [dense({ units: 3 }), dense({ units: 1, bias: true })] }, "the network is not homogeneous"],
    [
      "pieces that do not divide",
      { input: 3, layers: [maxout({ pieces: 2 }), dense({ units: 1 })] },
      "layers[0].pieces: must divide the number of inputs, 3, got 2",
    ],
    [
      "global pooling of a vector",
      { input: 3, layers: [dense({ units: 2 }), globalPool({ of: "max" }), dense({ units: 1 })] },
      "layers[1]: must follow an image of more than one pixel, got a vector of 2",
    ],
    [
      "shared weights of two shapes",
      { input: 3, layers: [dense({ units: 2, weights: "w" }), dense({ units: 2, weights: "w" })] },
      'the weights "w" are 2 x 3 in one layer and 2 x 2 in another',
    ],
    [
      "a power that is no multiple of 1/2",
      { input: 3, layers: [dense({ units: 2 }), { reluPower: 1.3 }, dense({ units: 1 })] },
      "layers[1].reluPower: must be a multiple of 1/2",
    ],
    [
      "an activation that is none",
      { input: 3, layers: [dense({ units: 2 }), "ReLU" as never, dense({ units: 1 })] },
      'layers[1]: must be "relu",',
    ],
    [
      "branches of two shapes",
      { input: 3, layers: [branches({ sum: [[dense({ units: 2 })], []] }), dense({ units: 1 })] },
      "branches must have one shape, got 2 x 1 x 1 and 3 x 1 x 1",
    ],
  ] satisfies readonly (readonly [string, LayersOptions, string])[])("%s", (_name, options, message) => {
    expect(() => layers(options)).toThrow(message);
  });
});

test("a network that is not homogeneous has a limit, which is", () => {
  const network = layers({
    input: 3,
    homogeneity: "measured",
    layers: [
      dense({ units: 3, bias: true }),
      branches({ sum: [[], [dense({ units: 3, bias: true }), "relu"]] }),
      dense({ units: 1, bias: true }),
    ],
  });
  const limit = network.limit!();
  expect([network.isHomogeneous, limit.isHomogeneous]).toEqual([false, true]);
  expect([network.degree, limit.degree]).toEqual([3, 3]);
  const data = samples({ seed: 2, sampleCount: 4, inputDim: 3 });
  const [whole, part] = [network, limit].map((one) => arrayNetwork(one, data, hosts[0]!.kernels));
  const theta = samples({ seed: 3, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
  const c = 2 ** 30;
  const far = whole!.scores(theta.map((entry) => c * entry));
  for (const [i, score] of part!.scores(theta).entries()) expect(far[i]! / c ** 3).toBeCloseTo(score, 6);
});

test("biases everywhere are quasi-homogeneous: bias l scales as layer l", () => {
  const options = {
    homogeneity: "measured",
    input: 3,
    layers: [dense({ units: 3, bias: true }), "relu", dense({ units: 3, bias: true }), "relu", dense({ units: 1, bias: true })],
  } as const;
  const network = layers(options);
  const { exponents, degree } = network.quasiHomogeneity!;
  expect({ exponents, degree }).toEqual({ exponents: [1, 1, 1, 2, 1, 3], degree: 3 });
  const subject = arrayNetwork(network, samples({ seed: 2, sampleCount: 4, inputDim: 3 }), hosts[0]!.kernels);
  const theta = samples({ seed: 3, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
  const moved = theta.slice();
  for (const { layer, offset, inputs, outputs } of network.layout.blocks) {
    for (let i = 0; i < inputs * outputs; i++) moved[offset + i]! *= 2 ** exponents[layer]!;
  }
  const base = subject.scores(theta);
  for (const [i, score] of subject.scores(moved).entries()) expect(score).toBeCloseTo(8 * base[i]!, 12);
});

test("a list of dense layers and activations is the perceptron, bit for bit", () => {
  const data = samples({ seed: 1, sampleCount: 6, inputDim: 4 });
  const [one, other] = [
    mlp({ widths: [4, 5, 3, 1], activation: { leakyRelu: 0.1 } }),
    layers({ input: 4, layers: [dense({ units: 5 }), { leakyRelu: 0.1 }, dense({ units: 3 }), { leakyRelu: 0.1 }, dense({ units: 1 })] }),
  ].map((network) => arrayNetwork(network, data, hosts[0]!.kernels));
  const theta = samples({ seed: 3, sampleCount: 1, inputDim: 38 }).inputs;
  expect(other!.scores(theta)).toEqual(one!.scores(theta));
  expect(other!.gradient(theta, [1, 2, 3, 4, 5, 6])).toEqual(one!.gradient(theta, [1, 2, 3, 4, 5, 6]));
});

test("a network without some input columns has the activations that the network was given, not what became of them", () => {
  const activation = { leakyRelu: 0.5 };
  const network = layers({ input: 3, layers: [dense({ units: 2 }), activation, dense({ units: 1 })] });
  activation.leakyRelu = 0.25;
  const data = samples({ seed: 1, sampleCount: 3, inputDim: 2 });
  const theta = Float64Array.of(-1, 0.5, 2, -3, 1, 1);
  const other = layers({ input: 2, layers: [dense({ units: 2 }), { leakyRelu: 0.5 }, dense({ units: 1 })] });
  const [found, expected] = [network.withInputDim!(2), other].map((one) => arrayNetwork(one, data, hosts[0]!.kernels).scores(theta));
  expect(found).toEqual(expected);
});
