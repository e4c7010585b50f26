import { type ActivationChoice, activations } from "@steepest/core";
import { z } from "../definition/schema.js";
import { elu } from "./elu.js";
import { leakyRelu } from "./leakyRelu.js";
import { reluPower } from "./reluPower.js";

/** The parameters of the families of activations. Adding one: its file and a line here; activations without a parameter follow from the core. */
const parameters = { leakyRelu, reluPower, elu };

const words = Object.keys(activations).filter((id) => !Object.hasOwn(parameters, id));

export const activationSchema = z.union([
  z.enum(words),
  ...Object.entries(parameters).map(([id, parameter]) => z.strictObject({ [id]: parameter })),
]) as unknown as z.ZodType<ActivationChoice>;
