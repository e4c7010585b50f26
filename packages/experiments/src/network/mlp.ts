import { mlp as coreMlp } from "@steepest/core";
import { activationSchema } from "../activation/registry.js";
import { field, integer, z } from "../definition/schema.js";
import { homogeneityField } from "./homogeneity.js";

import { initField } from "./init.js";
import { networkMember } from "./member.js";
import { agreedOutputs, outputsField } from "./outputs.js";

/** No network that trains is deeper. */
const mostLayers = 1000;

export const mlp = networkMember({
  schema: z.strictObject({
    kind: z.literal("mlp"),
    hidden: field(z.array(integer(1)).max(mostLayers), "Widths of the hidden layers; none makes a linear model.", {
      unit: "units",
      example: [64],
    }),
    activation: field(activationSchema, "After every layer but the last; layers have no biases.", { example: "relu" }),
    frozenLayers: field(z.array(integer(0)), "Layers that keep their initial weights, counted from 0.", {
      unit: "layer",
      example: [0],
    }).optional(),
    homogeneity: homogeneityField(),
    outputs: outputsField(),
    init: initField(),
  }),
  summary: "multilayer perceptron without biases",
  examples: [{ kind: "mlp", hidden: [64], activation: "relu", init: { law: "uniformFanIn", scale: 0.3 } }],
  build:
    ({ hidden, activation, frozenLayers = [], homogeneity = "exact", outputs }) =>
    (ends) =>
      coreMlp({ widths: [ends.inputDim, ...hidden, agreedOutputs(outputs, ends.outputs)], activation, frozenLayers, homogeneity }),
});
