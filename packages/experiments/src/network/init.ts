import { field, nonNegative, positive, z } from "../definition/schema.js";

const law = () =>
  field(
    z.enum(["uniformFanIn", "uniformInverseFanIn", "normalFanIn", "signFanIn"]),
    "Distribution of the weights: U(-s, s) with s = scale / sqrt(fan-in), or scale / fan-in; N(0, scale^2 / fan-in); or scale / sqrt(fan-in) with a random sign.",
    { example: "uniformFanIn" },
  );

const init = z
  .strictObject({
    law: law(),
    scale: field(nonNegative(), "Factor of the initial weights.", { unit: "1", example: 0.3 }),
    frozen: field(
      z.strictObject({ law: law(), scale: field(positive(), "Factor of the frozen weights.", { unit: "1", example: 1 }) }),
      "How the weights of frozen layers are drawn, where it is not as the others.",
      { example: { law: "signFanIn", scale: 1 } },
    ).optional(),
  })
  .meta({ id: "init" });

/** Schema of the law by which initial weights are drawn. @param description  of the field, where it is not that of a network */
export const initField = (description = "How the initial weights are drawn.") =>
  field(init, description, { example: { law: "uniformFanIn", scale: 0.3 } });
