import { coupledDecay as coreCoupledDecay } from "@steepest/core";
import { field, nonNegative, z } from "../definition/schema.js";
import { options } from "../pytorch/optimizerSource.js";
import { coupledDecay as coupledDecayClass } from "../pytorch/wrappers.js";
import { optimizerMember } from "./member.js";
import { type Held, someAdam } from "./wrapped.js";

/** Coupled weight decay of any optimiser. */
export const coupledDecay = (held: Held) =>
  optimizerMember({
    schema: z.strictObject({
      kind: z.literal("coupledDecay"),
      optimizer: held.field("The optimiser of the regularised risk: any, also one that holds another.", someAdam),
      decay: field(nonNegative(), "Lambda of the coupled weight decay: lambda times the weights is added to the gradient of the risk.", {
        unit: "gradient of the risk / weight",
        example: 1e-4,
      }),
    }),
    summary:
      "any optimiser of the risk with coupled weight decay: its gradient is ∇R + λ θ, as with weight_decay of torch.optim.SGD and Adam",
    examples: [{ kind: "coupledDecay", optimizer: someAdam, decay: 1e-4 }],
    nameOf: ({ optimizer }) => held.nameIn("coupledDecay", optimizer),
    build: ({ optimizer, decay }) => coreCoupledDecay(held.build(optimizer), decay),
    pytorch: ({ optimizer, decay }, shapes) => {
      const inner = held.pytorch(optimizer, shapes);
      if (decay === 0) return inner;
      return { ...inner, text: `CoupledDecay(${inner.text}, ${options({ decay })})`, needs: [...inner.needs, coupledDecayClass] };
    },
  });
