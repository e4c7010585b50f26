import { lion as coreLion, decoupledDecay } from "@steepest/core";
import { field, memoryDecay, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { lion as lionClass } from "../pytorch/optimizerClasses.js";
import { decayText, options } from "../pytorch/optimizerSource.js";
import { lambda } from "./decay.js";
import { optimizerMember } from "./member.js";

export const lion = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("lion"),
    beta1: field(memoryDecay(), "Share of the remembered average in the direction of a step.", { unit: "1", example: 0.9 }),
    beta2: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.99 }),
    decay: lambda(),
  }),
  summary: "Lion: the sign of one average of gradients, while another is remembered; decoupled weight decay",
  examples: [{ kind: "lion", beta1: 0.9, beta2: 0.99, decay: 0 }],
  build: ({ decay, ...options }) => decoupledDecay(coreLion(options), decay),
  pytorch: ({ beta1, beta2, decay }) => ({
    text: `Lion(${options({ beta1, beta2 })})`,
    needs: [lionClass],
    norm: () => normSource("linf"),
    decay: decayText(decay),
  }),
});
