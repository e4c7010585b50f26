import { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type DatasetDefinition, type ExperimentDefinition, layerKinds, parseDefinition } from "../../src/index.js";
import { tiny } from "../support/tiny.js";

const images: DatasetDefinition = { kind: "mnistPair", digits: [3, 6], trainSize: 10 };
const init = { law: "normalFanIn", scale: 1 } as const;

const withLayers = (layers: unknown, dataset: DatasetDefinition = images, more: object = {}): unknown =>
  ({ ...tiny, dataset, network: { kind: "layers", layers, init, ...more } }) satisfies Record<keyof ExperimentDefinition, unknown>;

function issueOf(definition: unknown): string {
  try {
    parseDefinition(definition);
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    const [first, ...others] = (error as DefinitionError).issues;
    const { path, message, hint } = first!;
    expect(others).toEqual([]);
    expect(message.startsWith(`${path}: `)).toBe(true);
    return hint === undefined ? message : `${message} -- ${hint}`;
  }
  throw new Error("it was accepted");
}

describe("what is wrong with a layer is said of its place", () => {
  const conv = { kind: "conv2d", channels: 2, size: 3 };
  const dense = { kind: "dense", units: 3 };
  test.each<readonly [string, unknown, string | RegExp]>([
    ["a size of 0", [conv, "relu", { kind: "maxPool", size: 0 }], "network.layers[2].size: must be an integer >= 1, got 0"],
    [
      "a size that is missing",
      [conv, "relu", { kind: "maxPool" }],
      'network.layers[2].size: is missing, must be an integer >= 1 -- e.g. "size": 2',
    ],
    [
      "a kind of another case",
      [{ ...conv, kind: "Conv2d" }],
      /^network\.layers\[0\]\.kind: must be one of dense, .* -- did you mean "conv2d"\?$/,
    ],
    ["an activation of another case", [dense, "ReLU"], /^network\.layers\[1\]: must be one of relu, .* -- did you mean "relu"\?$/],
    ["a slope below 0", [dense, { leakyRelu: -1 }], "network.layers[1].leakyRelu: must be finite and > 0, got -1"],
    ["a power", [dense, { reluPower: 1.3 }], /^network\.layers\[1\]\.reluPower: must be a multiple of 1\/2 in \[1, 32\], got 1\.3 -- /],
    [
      "a unit too few in a branch",
      [{ kind: "branches", sum: [[], [{ ...dense, units: 0 }]] }],
      "network.layers[0].sum[1][0].units: must be an integer >= 1, got 0",
    ],
    [
      "a filter larger than what pooling leaves",
      [
        { kind: "maxPool", size: 2 },
        { ...conv, size: 15 },
      ],
      "network.layers[1].size: must be at most the side of the image, 14 x 14, got 15 -- use a smaller window, or fewer layers that shrink the image",
    ],
    ["one branch", [{ kind: "branches", sum: [[]] }], /^network\.layers\[0\]\.sum: must hold at least 2 entries/],
    ["pieces", [dense, { kind: "maxout", pieces: 2 }], "network.layers[1].pieces: must divide the number of inputs, 3, got 2"],
    [
      "one matrix of two shapes",
      [
        { ...dense, weights: "w" },
        { ...dense, weights: "w" },
      ],
      /^network\.layers: the weights "w" are 3 x 784 in one layer and 3 x 3 in another/,
    ],
    [
      "a late bias",
      [dense, "relu", { ...dense, bias: true }],
      /^network\.homogeneity: the network is not homogeneous .* -- dense at layers\[2\] is the first .* or set homogeneity: "measured"/,
    ],
  ])("%s", (_name, layers, message) => {
    if (typeof message === "string") expect(issueOf(withLayers(layers))).toBe(message);
    else expect(issueOf(withLayers(layers))).toMatch(message);
  });

  test("images where the data are vectors", () => {
    expect(issueOf(withLayers([conv], tiny.dataset))).toMatch(
      /^network\.layers\[0\]\.size: must be at most the side of the image, 1 x 1, got 3 -- the samples are vectors, and windows need images: use a data set of images/,
    );
    expect(issueOf(withLayers([{ kind: "globalPool", of: "max" }], tiny.dataset))).toMatch(
      /^network\.layers\[0\]: must follow an image of more than one pixel, .* -- the samples are vectors, and windows need images: use/,
    );
  });
});

test.each(
  Object.entries(layerKinds).flatMap(([kind, { examples }]) =>
    (examples as readonly unknown[]).map((example, i) => [`${kind} ${i + 1}`, example] as const),
  ),
)("the example %s stands in a network, parses to itself, and trains on images", (_name, example) => {
  const definition = parseDefinition(withLayers([example], images, { homogeneity: "measured" }));
  expect(definition.network).toMatchObject({ layers: [example] });
});
