import { momentumDescent, normOf } from "@steepest/core";
import { field, memoryDecay, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { along, decayText } from "../pytorch/optimizerSource.js";
import { decaying, weightDecay } from "./decay.js";
import { optimizerMember } from "./member.js";
import { normField } from "./normSchema.js";

export const momentum = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("momentum"),
    norm: normField(),
    momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
    nesterov: field(z.boolean(), "Whether the newest gradient counts twice, in Nesterov's form.", { example: false }),
    decay: weightDecay(),
  }),
  summary: "normalised steepest descent along an average of gradients, in any norm: MomentumGD in l2; decoupled decay",
  examples: [{ kind: "momentum", norm: "l2", momentum: 0.9, nesterov: false }],
  proposals: {
    momentum: { kind: "momentum", norm: "l2", momentum: 0.9, nesterov: false },
    momentumL1: { kind: "momentum", norm: "l1", momentum: 0.99, nesterov: false }, // a step moves few weights: a short memory comes to a standstill as none does
  },
  build: ({ norm, ...options }) => decaying(momentumDescent)({ norm: normOf(norm), ...options }),
  pytorch: ({ norm, momentum, nesterov, decay }) => ({ ...along(normSource(norm), { momentum, nesterov }), decay: decayText(decay) }),
});
