import { linear as coreLinear } from "@steepest/core";
import { field, z } from "../definition/schema.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";
import { agreedOutputs, outputsField } from "./outputs.js";

export const linear = networkMember({
  schema: z.strictObject({
    kind: z.literal("linear"),
    bias: field(z.boolean(), "Adds a bias per score, which norms see as a weight matrix of its own. Default false.", {
      example: true,
    }).optional(),
    outputs: outputsField(),
    init: initField(),
  }),
  summary: "the linear model, <w, x> or a score per class",
  examples: [{ kind: "linear", init: { law: "uniformFanIn", scale: 0.3 } }],
  build:
    ({ outputs, bias }) =>
    (ends) =>
      coreLinear({ inputDim: ends.inputDim, outputs: agreedOutputs(outputs, ends.outputs), ...(bias && { bias }) }),
});
