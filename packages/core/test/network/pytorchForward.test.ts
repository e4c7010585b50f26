import { describe, expect, test } from "vitest";
import { branches, conv2d, dense, diagonal, layerKinds, layers, mlp, type Network } from "../../src/index.js";
import type { Layer } from "../../src/layer/layer.js";
import { sizeOf, vectorOf } from "../../src/tape/featureShape.js";

const forwardOf = (network: Network) => network.pytorch!() as Extract<ReturnType<NonNullable<Network["pytorch"]>>, { scores: string }>;

/** Twice its input, without a translation. */
const twice: Layer = {
  kind: "twice",
  record: (recorder, input) =>
    recorder.apply(
      {
        degree: 1,
        scratch: () => ({ bytes: 0 }),
        bind: (kernels) => ({
          forward: (x, _w, z, n) => kernels.scale(x, z, n * sizeOf(input.shape), 2),
          inputGradient: ({ dz, dx }, n) => kernels.scale(dz, dx, n * sizeOf(input.shape), 2),
        }),
      },
      input,
      vectorOf(sizeOf(input.shape)),
    ),
};

describe("the forward pass of a network in a PyTorch program", () => {
  test("has a statement per operation, of the weights in the order of the layers", () => {
    const { statements, scores, factors } = forwardOf(mlp({ widths: [3, 4, 2], activation: { leakyRelu: 0.25 } }));
    expect(statements).toEqual(["x1 = inputs @ w1.T", "x2 = torch.nn.functional.leaky_relu(x1, 0.25)", "x3 = x2 @ w2.T"]);
    expect(scores).toBe("x3");
    expect(factors).toEqual([
      { output: "x1", input: "inputs" },
      { output: "x3", input: "x2" },
    ]);
  });

  test("adds a bias as a row for every sample, whose factor is 1", () => {
    const { statements, factors } = forwardOf(layers({ input: 3, layers: [dense({ units: 2, bias: true }), "relu", dense({ units: 1 })] }));
    expect(statements.slice(1, 3)).toEqual(["x2 = w2.expand(-1, 1).reshape(1, -1).expand(len(inputs), -1)", "x3 = x1 + x2"]);
    expect(factors![1]).toEqual({ output: "x2", input: "torch.ones(len(inputs), 1)" });
  });

  test("has factors of the trained layers alone, and none where a gradient of a sample is of a higher rank or a matrix is used twice", () => {
    expect(forwardOf(mlp({ widths: [3, 4, 1], activation: "relu", frozenLayers: [0] })).factors).toEqual([{ output: "x3", input: "x2" }]);
    const shared = [dense({ units: 3, weights: "both" }), dense({ units: 3, weights: "both" }), dense({ units: 1 })];
    const image = { channels: 1, height: 3, width: 3 };
    for (const network of [
      layers({ input: 3, layers: shared }),
      layers({ input: 3, layers: [diagonal(), dense({ units: 1 })] }),
      layers({ input: image, layers: [conv2d({ channels: 1, size: 2 }), dense({ units: 1 })] }),
    ]) {
      expect(forwardOf(network).factors).toBeUndefined();
    }
  });

  test("names the layers without a translation, each kind once, those within branches too", () => {
    const network = layers({
      input: 3,
      layers: [twice, branches({ sum: [[twice, dense({ units: 3 })], [dense({ units: 3 })]] }), dense({ units: 1 })],
    });
    expect(network.pytorch!()).toEqual({ untranslated: ["twice"] });
  });

  test.each(Object.entries(layerKinds))("every layer has one: %s", (_kind, { examples }) => {
    for (const layer of Object.values(examples())) {
      const network = layers({ input: { channels: 2, height: 4, width: 4 }, layers: [layer, dense({ units: 1 })] });
      expect(network.pytorch!()).toHaveProperty("statements");
    }
  });
});
