import { field, nonNegative, z } from "../definition/schema.js";

const init = z.strictObject({
  law: field(
    z.enum(["uniformFanIn", "uniformInverseFanIn", "normalFanIn"]),
    "Distribution of the weights: U(-s, s) with s = scale / sqrt(fan-in), or scale / fan-in, or N(0, scale^2 / fan-in).",
    { example: "uniformFanIn" },
  ),
  scale: field(nonNegative(), "Factor of the initial weights.", { unit: "1", example: 0.3 }),
});

/** Schema of the law by which initial weights are drawn. @param description  of the field, where it is not that of a network */
export const initField = (description = "How the initial weights are drawn.") =>
  field(init, description, { example: { law: "uniformFanIn", scale: 0.3 } });
