import { abs } from "./abs.js";
import type { Activation, ActivationFamily } from "./activation.js";
import { elu } from "./elu.js";
import { gelu } from "./gelu.js";
import { identity } from "./identity.js";
import { leakyRelu } from "./leakyRelu.js";
import { relu } from "./relu.js";
import { reluPower } from "./reluPower.js";
import { silu } from "./silu.js";
import { softplus } from "./softplus.js";
import { tanh } from "./tanh.js";

const members = {
  relu: relu as Activation,
  identity: identity as Activation,
  leakyRelu: leakyRelu as ActivationFamily,
  reluPower: reluPower as ActivationFamily,
  abs: abs as Activation,
  silu: silu as Activation,
  gelu: gelu as Activation,
  elu: elu as ActivationFamily,
  softplus: softplus as Activation,
  tanh: tanh as Activation,
};

/** Every activation, and every family of them, by its id. Adding one: its file and a line here. */
export const activations: typeof members = members;

export type ActivationId = keyof typeof members;

/** The id of an activation, "relu", or of a family with its parameter, { leakyRelu: 0.1 }. */
export type ActivationChoice = {
  [K in ActivationId]: (typeof members)[K] extends ActivationFamily ? { readonly [P in K]: number } : K;
}[ActivationId];
