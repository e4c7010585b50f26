import { field, nonNegative, z } from "../definition/schema.js";

const init = z.strictObject({
  law: field(
    z.enum(["uniformFanIn", "uniformInverseFanIn", "normalFanIn"]),
    "Distribution of the weights: U(-s, s) with s = scale / sqrt(fan-in), or scale / fan-in, or N(0, scale^2 / fan-in).",
    { example: "uniformFanIn" },
  ),
  scale: field(nonNegative(), "Factor of the initial weights.", { unit: "1", example: 0.3 }),
});

/** Schema of the law by which the initial weights of a network are drawn. */
export const initField = () => field(init, "How the initial weights are drawn.", { example: { law: "uniformFanIn", scale: 0.3 } });
