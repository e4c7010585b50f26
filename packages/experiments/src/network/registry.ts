import { type ActivationChoice, type InitLaw, linear, mlp, type Network } from "@steepest/core";
import { build, integer, nonNegative, oneOf, positive, type Registry } from "../definition/choice.js";
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
  law: z.enum(["uniformFanIn", "uniformInverseFanIn", "normalFanIn"]),
  scale: nonNegative(),
});

const activation: z.ZodType<ActivationChoice> = z.union([
  z.enum(["relu", "identity"]),
  z.strictObject({ leakyRelu: positive() }),
  z.strictObject({ reluPower: positive() }),
]);

type Build = (inputDim: number) => Network;

/** Every network that a definition can name; the input dimension comes from the data. */
export const networks: Registry<NetworkChoice, "kind", Build> = {
  mlp: {
    schema: z.strictObject({
      kind: z.literal("mlp"),
      hidden: z.array(integer(1)),
      activation,
      frozenLayers: z.array(integer(0)).optional(),
      init,
    }),
    summary: "multilayer perceptron without biases, one score per sample",
    build: ({ hidden, activation: act, frozenLayers }) => {
      return (inputDim) => mlp({ widths: [inputDim, ...hidden, 1], activation: act, frozenLayers: frozenLayers ?? [] });
    },
  },
  linear: {
    schema: z.strictObject({ kind: z.literal("linear"), init }),
    summary: "the linear model <w, x>",
    build: () => (inputDim) => linear({ inputDim }),
  },
};

export const networkSchema: z.ZodType<NetworkChoice> = oneOf("kind", networks);

export function buildNetwork(choice: NetworkChoice, inputDim: number): Network {
  return build(networks, "kind", choice)(inputDim);
}
