import { conv2d, dense, type LayerEntry, layerKinds, layers, type Network } from "../../src/index.js";

const input = { channels: 2, height: 4, width: 4 };

/** Networks with the examples of every layer of the registry: on the samples, and above weights and an activation that are trained through it. */
export const everyLayer: Readonly<Record<string, Network>> = Object.fromEntries(
  Object.values(layerKinds).flatMap(({ examples }) =>
    Object.entries(examples()).flatMap(([name, layer]) => {
      const above: readonly LayerEntry[] = [
        conv2d({ channels: 2, size: 3, padding: 1 }),
        { leakyRelu: 0.5 },
        layer,
        { reluPower: 2 },
        dense({ units: 2 }),
      ];
      return [
        [`${name}, on samples`, layers({ input, layers: [layer, { leakyRelu: 0.5 }, dense({ units: 1 })] })],
        [`${name}, above a convolution`, layers({ input, layers: above })],
      ];
    }),
  ),
);
