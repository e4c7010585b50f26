import { type ActivationChoice, mlp as coreMlp, DefinitionError } from "@steepest/core";
import { field, integer, positive, z } from "../definition/schema.js";
import { pythonNumber } from "../pytorch/python.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";
import { agreedOutputs, outputsField } from "./outputs.js";

/** No network that trains is deeper. */
const mostLayers = 1000;

const activation = z.union([
  z.enum(["relu", "identity"]),
  z.strictObject({ leakyRelu: field(positive(), "Slope below 0.", { unit: "1", example: 0.1 }) }),
  z.strictObject({
    reluPower: field(positive(), "Power of the ReLU: a multiple of 1/2 from 1 to 32.", { unit: "1", example: 2 }).meta({
      minimum: 1,
      maximum: 32,
      multipleOf: 0.5,
    }),
  }),
]);

/** `z` is a name; the derivative at a kink is the one from below, as autograd has it. */
function activationSource(choice: ActivationChoice, z: string): string {
  if (choice === "identity") return z;
  if (choice === "relu") return `torch.relu(${z})`;
  if (typeof choice === "object" && choice !== null) {
    if ("leakyRelu" in choice) return `torch.nn.functional.leaky_relu(${z}, ${pythonNumber("activation.leakyRelu", choice.leakyRelu)})`;
    if ("reluPower" in choice) return `torch.relu(${z}) ** ${pythonNumber("activation.reluPower", choice.reluPower)}`;
  }
  throw DefinitionError.at("network.activation", `"${JSON.stringify(choice)}" has no translation to PyTorch`, { value: choice });
}

export const mlp = networkMember({
  schema: z.strictObject({
    kind: z.literal("mlp"),
    hidden: field(z.array(integer(1)).max(mostLayers), "Widths of the hidden layers; none makes a linear model.", {
      unit: "units",
      example: [64],
    }),
    activation: field(activation, "After every layer but the last; layers have no biases.", { example: "relu" }),
    frozenLayers: field(z.array(integer(0)), "Layers that keep their initial weights, counted from 0.", {
      unit: "layer",
      example: [0],
    }).optional(),
    outputs: outputsField(),
    init: initField(),
  }),
  summary: "multilayer perceptron without biases, one score per sample, or one per class",
  examples: [{ kind: "mlp", hidden: [64], activation: "relu", init: { law: "uniformFanIn", scale: 0.3 } }],
  build:
    ({ hidden, activation: act, frozenLayers, outputs }) =>
    (samples) => {
      const widths = [samples.inputDim, ...hidden, agreedOutputs(outputs, samples.outputs)];
      return coreMlp({ widths, activation: act, frozenLayers: frozenLayers ?? [] });
    },
  pytorch:
    ({ activation: act }) =>
    (z) =>
      activationSource(act, z),
});
