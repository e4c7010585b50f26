import { clipped as coreClipped, normOf } from "@steepest/core";
import { build, oneOf } from "../definition/choice.js";
import { field, positive, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { options } from "../pytorch/optimizerSource.js";
import { clipped as clippedClass } from "../pytorch/wrappers.js";
import { coupledDecay } from "./coupledDecay.js";
import { decoupledDecay } from "./decoupledDecay.js";
import { optimizerMember } from "./member.js";
import { members } from "./members.js";
import { normField } from "./normSchema.js";
import { nameAround, sourceWithin } from "./wrapped.js";

const within = { ...members, decoupledDecay, coupledDecay };

/** Clipped gradients for any optimiser. */
export const clipped = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("clipped"),
    optimizer: field(
      oneOf("kind", within).meta({ id: "optimizerWithDecay" }),
      "The optimiser that sees the clipped gradient: any, with weight decay or without.",
      {
        example: { kind: "heavyBall", momentum: 0.9, nesterov: false },
      },
    ),
    norm: normField(),
    length: field(positive(), "Largest dual norm of a gradient; a longer one is shortened to it.", {
      unit: "gradient of the risk",
      example: 1,
      otherNames: ["max_norm"],
    }),
  }),
  summary: "any optimiser whose gradients are shortened to a length in the dual of a norm: l2 clips by the Euclidean length",
  examples: [{ kind: "clipped", optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: false }, norm: "l2", length: 1 }],
  firstStep: { rule: "constant", size: 0.01 },
  nameOf: ({ optimizer }) => nameAround(within, optimizer, "clipped"),
  build: ({ optimizer, norm, length }) => coreClipped(build(within, "kind", optimizer), { norm: normOf(norm), length }),
  pytorch: ({ optimizer, norm, length }, shapes) => {
    const measured = normSource(norm);
    const inner = sourceWithin(within, optimizer, shapes);
    return {
      ...inner,
      text: `Clipped(${inner.text}, ${measured.text}, ${options({ length })})`,
      needs: [...inner.needs, ...measured.needs, clippedClass],
    };
  },
});
