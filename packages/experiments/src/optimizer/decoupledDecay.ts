import { decoupledDecay as coreDecoupledDecay } from "@steepest/core";
import { build } from "../definition/choice.js";
import { field, nonNegative, z } from "../definition/schema.js";
import { decayText, refuseOption } from "../pytorch/optimizerSource.js";
import { optimizerMember } from "./member.js";
import { members } from "./members.js";
import { memberField, nameAround, someAdam, sourceWithin } from "./wrapped.js";

/** Decoupled weight decay of any optimiser. */
export const decoupledDecay = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("decoupledDecay"),
    optimizer: memberField(),
    decay: field(nonNegative(), "Lambda of the decoupled weight decay: a step of size s multiplies the weights by 1 - s lambda.", {
      unit: "1 / step size",
      example: 0.01,
    }),
  }),
  summary: "any optimiser after decoupled weight decay: θ <- (1 - η λ) θ before every step, beside its gradient",
  examples: [{ kind: "decoupledDecay", optimizer: someAdam, decay: 0.01 }],
  nameOf: ({ optimizer }) => nameAround(members, optimizer, "decoupledDecay"),
  build: ({ optimizer, decay }) => coreDecoupledDecay(build(members, "kind", optimizer), decay),
  pytorch: ({ optimizer, decay }, shapes) => {
    const inner = sourceWithin(members, optimizer, shapes);
    if (inner.decay !== undefined && inner.decay !== "0") return refuseOption("optimizer.optimizer.decay", "a decay within a decay");
    return { ...inner, decay: decayText(decay) };
  },
});
