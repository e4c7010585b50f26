import { soap as coreSoap } from "@steepest/core";
import { field, integer, memoryDecay, nonNegative, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { options } from "../pytorch/optimizerSource.js";
import { soap as soapClass } from "../pytorch/soap.js";
import { optimizerMember } from "./member.js";

export const soap = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("soap"),
    beta1: field(memoryDecay(), "Share of the first moment that a step keeps.", { unit: "1", example: 0.95 }),
    beta2: field(memoryDecay(), "Share of the second moments, and of the two preconditioners, that a step keeps.", {
      unit: "1",
      example: 0.95,
    }),
    epsilon: field(nonNegative(), "Added to the root of the second moments.", { unit: "gradient of the risk", example: 1e-8 }),
    period: field(integer(1), "Steps from one eigenbasis of the preconditioners to the next.", {
      unit: "steps",
      example: 10,
      otherNames: ["precondition_frequency"],
    }),
  }),
  summary: "SOAP: Adam in the eigenbasis of Shampoo's preconditioners, by exact decompositions",
  examples: [{ kind: "soap", beta1: 0.95, beta2: 0.95, epsilon: 1e-8, period: 10 }],
  build: coreSoap,
  pytorch: ({ kind: _kind, ...choice }) => ({
    text: `Soap(shapes, ${options({ ...choice })})`,
    needs: [soapClass],
    norm: () => normSource("spectral"),
  }),
});
