import { type ActivationChoice, type InitLaw, linear, mlp, type Network } from "@steepest/core";
import { build, integer, nonNegative, oneOf, positive, type Registry } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";

export interface MlpChoice {
  readonly kind: "mlp";
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly activation: ActivationChoice;
  readonly frozenLayers?: readonly number[] | undefined;
  readonly init: InitLaw;
}

export interface LinearChoice {
  readonly kind: "linear";
  readonly init: InitLaw;
}

export type NetworkChoice = MlpChoice | LinearChoice;

const init: z.ZodType<InitLaw> = z.strictObject({
  law: field(
    z.enum(["uniformFanIn", "uniformInverseFanIn", "normalFanIn"]),
    "Distribution of the weights: U(-s, s) with s = scale / sqrt(fan-in), or scale / fan-in, or N(0, scale^2 / fan-in).",
    { example: "uniformFanIn" },
  ),
  scale: field(nonNegative(), "Factor of the initial weights.", { unit: "1", example: 0.3 }),
});

/** No network that trains is deeper. */
const mostLayers = 1000;

const initField = () => field(init, "How the initial weights are drawn.", { example: { law: "uniformFanIn", scale: 0.3 } });

const activation: z.ZodType<ActivationChoice> = z.union([
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

type Build = (inputDim: number) => Network;

/** Every network that a definition can name; the input dimension comes from the data. */
export const networks: Registry<NetworkChoice, "kind", Build> = {
  mlp: {
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
    build: ({ hidden, activation: act, frozenLayers }) => {
      return (inputDim) => mlp({ widths: [inputDim, ...hidden, 1], activation: act, frozenLayers: frozenLayers ?? [] });
    },
  },
  linear: {
    schema: z.strictObject({ kind: z.literal("linear"), init: initField() }),
    summary: "the linear model <w, x>",
    build: () => (inputDim) => linear({ inputDim }),
  },
};

export const networkSchema: z.ZodType<NetworkChoice> = oneOf("kind", networks);

export function buildNetwork(choice: NetworkChoice, inputDim: number): Network {
  return build(networks, "kind", choice)(inputDim);
}
