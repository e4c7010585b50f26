import { arrayNetwork, branches, conv2d, dense, type Layer, layerKinds, layers, linear, mlp, type Network } from "@steepest/core";
import { type NetworkBlock, type NetworkSubject, networkLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { type Foreign, isCount } from "../foreign.js";
import { alternatingData } from "../generatedData.js";

const squared = { reluPower: 2 } as const;

const networks: Readonly<Record<string, Network>> = {
  "linear 4": linear({ inputDim: 4 }),
  "relu 4-5-1": mlp({ widths: [4, 5, 1], activation: "relu" }),
  "relu 4-5-3-1": mlp({ widths: [4, 5, 3, 1], activation: "relu" }),
  "relu 4-5-1, last frozen": mlp({ widths: [4, 5, 1], activation: "relu", frozenLayers: [1] }),
  "relu 4-5-1, first frozen": mlp({ widths: [4, 5, 1], activation: "relu", frozenLayers: [0] }),
  "leakyRelu(0.1) 4-3-4-1": mlp({ widths: [4, 3, 4, 1], activation: { leakyRelu: 0.1 } }),
  "identity 4-3-3-1": mlp({ widths: [4, 3, 3, 1], activation: "identity" }),
  "relu^1.5 4-4-3-1": mlp({ widths: [4, 4, 3, 1], activation: { reluPower: 1.5 } }),
  "relu^2 4-5-1": mlp({ widths: [4, 5, 1], activation: squared }),
  "relu^2 4-4-3-1": mlp({ widths: [4, 4, 3, 1], activation: squared }),
  "relu^2 4-4-3-1, mid frozen": mlp({ widths: [4, 4, 3, 1], activation: squared, frozenLayers: [1] }),
};

const image = { channels: 2, height: 4, width: 4 };

/** A layer of the registry between a convolution, through which its input trains, and a dense layer. */
const around = (layer: Layer): Network =>
  layers({ input: image, layers: [conv2d({ channels: 2, size: 3, padding: 1 }), { leakyRelu: 0.5 }, layer, squared, dense({ units: 1 })] });

const layered: Readonly<Record<string, Network>> = {
  ...Object.fromEntries(
    Object.values(layerKinds).flatMap(({ examples }) =>
      Object.entries(examples()).map(([name, layer]) => [`layer: ${name}`, around(layer)]),
    ),
  ),
  "bias in the first layer": layers({ input: 4, layers: [dense({ units: 5, bias: true }), "relu", dense({ units: 1 })] }),
  "one matrix twice": layers({
    input: 4,
    layers: [dense({ units: 4, weights: "w" }), "relu", dense({ units: 4, weights: "w" }), "abs", dense({ units: 1 })],
  }),
  "branches of one total": layers({
    input: 4,
    layers: [
      branches({
        sum: [
          [dense({ units: 3 }), squared],
          [dense({ units: 3 }), dense({ units: 3 })],
        ],
      }),
      "relu",
      dense({ units: 1 }),
    ],
  }),
};

function isBlock(value: unknown): value is NetworkBlock {
  const block = value as Partial<Record<keyof NetworkBlock, unknown>> | null;
  return (
    (block?.offset === 0 || isCount(block?.offset)) && isCount(block?.length) && typeof block?.degree === "number" && isGroup(block.group)
  );
}

const isGroup = (group: unknown): boolean => group === undefined || group === 0 || isCount(group);

function remoteNetwork(foreign: Foreign): NetworkSubject {
  const { degree, blocks } = foreign.hello;
  if (typeof degree !== "number") foreign.refuse(`said degree ${JSON.stringify(degree)} in its hello, expected a number`, degree);
  if (!Array.isArray(blocks) || blocks.length === 0 || !blocks.every(isBlock))
    foreign.refuse(
      `said blocks ${JSON.stringify(blocks)} in its hello, expected [{"offset", "length", "degree"}], with a number "group" for those that are homogeneous only together`,
      blocks,
    );
  let sampleCount: number | undefined; // as many as the first answer has
  return {
    degree: degree as number,
    blocks: blocks as NetworkBlock[],
    scores: (theta) => {
      const scores = foreign.vector(sampleCount, "scores", theta);
      sampleCount = scores.length;
      return scores;
    },
    gradient: (theta, coefficients) => foreign.vector(theta.length, "gradient", theta, coefficients),
  };
}

/** Multilayer perceptrons over activations, whole and with frozen layers, and networks with every layer, on six generated samples. */
export const networkFamily: Family = defineFamily<NetworkSubject>({
  id: "networks",
  laws: networkLaws,
  members: { degree: "number", blocks: "object", scores: "function", gradient: "function" },
  own: (host) => {
    const dataFor = ({ inputDim }: Network) => alternatingData(host.kernels, { seed: 1, sampleCount: 6, inputDim });
    const all = Object.entries({ ...networks, ...layered });
    return Object.fromEntries(all.map(([name, network]) => [name, arrayNetwork(network, dataFor(network), host.kernels)]));
  },
  remote: { calls: ["scores", "gradient"], subject: remoteNetwork },
});
