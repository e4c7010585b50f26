import { layers as coreLayers, DefinitionError, dense } from "@steepest/core";
import { imageKinds } from "../dataset/registry.js";
import { field, z } from "../definition/schema.js";
import { buildEntry, entrySchema } from "../layer/registry.js";
import { homogeneityField } from "./homogeneity.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";
import { agreedOutputs, outputsField } from "./outputs.js";

/** No network that trains is deeper. */
const mostLayers = 1000;

/** The error with the remedy of definitions, where the layers of a network on vectors need images; another error as it is. */
function onVectors(error: DefinitionError): DefinitionError {
  const { message, path, value, hint } = error;
  if (path === undefined || !hint?.includes("windows need images")) return error;
  const remedy = `the samples are vectors, and windows need images: use a data set of images (${imageKinds().join(", ")}), or dense layers`;
  return DefinitionError.at(path, message.slice(message.indexOf(": ") + 2), { value, hint: remedy });
}

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
  takesImages: true,
  build:
    ({ layers: entries, homogeneity = "exact", outputs }) =>
    (ends) => {
      const last = dense({ units: agreedOutputs(outputs, ends.outputs) });
      try {
        return coreLayers({ input: ends.image ?? ends.inputDim, layers: [...entries.map(buildEntry), last], homogeneity });
      } catch (error) {
        throw ends.image === undefined && error instanceof DefinitionError ? onVectors(error) : error;
      }
    },
});
