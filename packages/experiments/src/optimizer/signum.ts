import { signum as coreSignum } from "@steepest/core";
import { field, memoryDecay, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { along, decayText } from "../pytorch/optimizerSource.js";
import { decaying, weightDecay } from "./decay.js";
import { optimizerMember } from "./member.js";

export const signum = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("signum"),
    momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
    decay: weightDecay(),
  }),
  summary: "sign descent along an average of gradients; decoupled decay",
  examples: [{ kind: "signum", momentum: 0.9 }],
  proposals: { signum: { kind: "signum", momentum: 0.9 } },
  build: decaying(coreSignum),
  pytorch: ({ momentum, decay }) => ({ ...along(normSource("linf"), { momentum, nesterov: false }), decay: decayText(decay) }),
});
