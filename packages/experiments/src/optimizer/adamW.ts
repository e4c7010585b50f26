import { adamW as coreAdamW } from "@steepest/core";
import { z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { decayText } from "../pytorch/optimizerSource.js";
import { adamOptions, adamPart } from "./adam.js";
import { lambda } from "./decay.js";
import { optimizerMember } from "./member.js";

export const adamW = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("adamW"),
    ...adamOptions,
    decay: lambda(),
  }),
  summary: "Adam with decoupled weight decay; epsilonPlacement as Adam's",
  examples: [{ kind: "adamW", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.01 }],
  build: coreAdamW,
  pytorch: ({ decay, ...choice }) => ({ ...adamPart(choice), norm: () => normSource("linf"), decay: decayText(decay) }),
});
