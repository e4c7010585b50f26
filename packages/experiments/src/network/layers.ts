import { layers as coreLayers, dense } from "@steepest/core";
import { field, z } from "../definition/schema.js";
import { buildEntry, entrySchema } from "../layer/registry.js";
import { homogeneityField } from "./homogeneity.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";
import { agreedOutputs, outputsField } from "./outputs.js";

/** No network that trains is deeper. */
const mostLayers = 1000;

export const layers = networkMember({
  schema: z.strictObject({
    kind: z.literal("layers"),
    layers: field(
      z.array(entrySchema).max(mostLayers),
      "Layers and activations from the input on; images enter as images. A dense layer follows by itself, with one score, or one per class.",
      { example: [{ kind: "dense", units: 64 }, "relu"] },
    ),
    homogeneity: homogeneityField(),
    outputs: outputsField(),
    init: initField(),
  }),
  summary: "layers of any kind, one after another: convolutions, pooling, sums of branches, shared weights",
  examples: [
    { kind: "layers", layers: [{ kind: "dense", units: 64, bias: true }, "relu"], init: { law: "uniformFanIn", scale: 0.3 } },
    {
      kind: "layers",
      layers: [{ kind: "conv2d", channels: 8, size: 5 }, "relu", { kind: "maxPool", size: 2 }],
      init: { law: "uniformFanIn", scale: 0.3 },
    },
  ],
  build:
    ({ layers: entries, homogeneity = "exact", outputs }) =>
    (ends) => {
      const last = dense({ units: agreedOutputs(outputs, ends.outputs) });
      return coreLayers({ input: ends.image ?? ends.inputDim, layers: [...entries.map(buildEntry), last], homogeneity });
    },
});
