import { type ActivationChoice, type ActivationId, activations, mlp as coreMlp, DefinitionError } from "@steepest/core";
import { field, integer, positive, z } from "../definition/schema.js";
import { pythonNumber } from "../pytorch/python.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";

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

/** An activation of the name `z` in a Python program. @throws DefinitionError  if it has no translation */
function activationSource(choice: ActivationChoice, z: string): string {
  const [[id, parameter] = [choice as string, undefined]] = typeof choice === "object" ? Object.entries(choice as object) : [];
  const member = Object.hasOwn(activations, id) ? activations[id as ActivationId] : undefined;
  if (!member?.pytorch) {
    throw DefinitionError.at("network.activation", `"${JSON.stringify(choice)}" has no translation to PyTorch`, { value: choice });
  }
  return member.pytorch(z, parameter === undefined ? "" : pythonNumber(`activation.${id}`, parameter));
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
    init: initField(),
  }),
  summary: "multilayer perceptron without biases, one score per sample",
  examples: [{ kind: "mlp", hidden: [64], activation: "relu", init: { law: "uniformFanIn", scale: 0.3 } }],
  build: ({ hidden, activation: act, frozenLayers }) => {
    return (inputDim) => coreMlp({ widths: [inputDim, ...hidden, 1], activation: act, frozenLayers: frozenLayers ?? [] });
  },
  pytorch:
    ({ activation: act }) =>
    (z) =>
      activationSource(act, z),
});
