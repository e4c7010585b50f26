import { decoupledDecay as coreDecoupledDecay } from "@steepest/core";
import { field, nonNegative, z } from "../definition/schema.js";
import { decayText, refuseOption } from "../pytorch/optimizerSource.js";
import { optimizerMember } from "./member.js";
import { type Held, someAdam } from "./wrapped.js";

/** Decoupled weight decay of any optimiser. */
export const decoupledDecay = (held: Held) =>
  optimizerMember({
    schema: z.strictObject({
      kind: z.literal("decoupledDecay"),
      optimizer: held.field("The optimiser of the steps: any, also one that holds another.", someAdam),
      decay: field(nonNegative(), "Lambda of the decoupled weight decay: a step of size s multiplies the weights by 1 - s lambda.", {
        unit: "1 / step size",
        example: 0.01,
      }),
    }),
    summary: "any optimiser after decoupled weight decay: θ <- (1 - η λ) θ before every step, beside its gradient",
    examples: [{ kind: "decoupledDecay", optimizer: someAdam, decay: 0.01 }],
    nameOf: ({ optimizer }) => held.nameIn("decoupledDecay", optimizer),
    build: ({ optimizer, decay }) => coreDecoupledDecay(held.build(optimizer), decay),
    pytorch: ({ optimizer, decay }, shapes) => {
      const inner = held.pytorch(optimizer, shapes);
      if (inner.decay !== undefined && inner.decay !== "0") return refuseOption("optimizer.optimizer.decay", "a decay within a decay");
      return { ...inner, decay: decayText(decay) };
    },
  });
