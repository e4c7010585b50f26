import { field, z } from "../definition/schema.js";
import { text } from "../definition/text.js";

/** Fields of every layer with weights. */
export const weightFields = {
  bias: field(
    z.boolean(),
    "Adds a bias per unit or channel; networks stay homogeneous with biases in the first layer only. Default false.",
    { example: true },
  ).optional(),
  frozen: field(z.boolean(), "Keeps the initial weights of the layer. Default false.", { example: true }).optional(),
  weights: field(text(), "A name; layers that give the same name share one weight matrix.", { example: "shared" }).optional(),
};
