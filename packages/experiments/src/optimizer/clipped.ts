import { clipped as coreClipped, normOf } from "@steepest/core";
import { field, positive, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { options } from "../pytorch/optimizerSource.js";
import { clipped as clippedClass } from "../pytorch/wrappers.js";
import { optimizerMember } from "./member.js";
import { normField } from "./normSchema.js";
import type { Held } from "./wrapped.js";

const someHeavyBall = { kind: "heavyBall", momentum: 0.9, nesterov: false } as const;

/** Clipped gradients for any optimiser. */
export const clipped = (held: Held) =>
  optimizerMember({
    schema: z.strictObject({
      kind: z.literal("clipped"),
      optimizer: held.field("The optimiser that sees the clipped gradient: any, also one that holds another.", someHeavyBall),
      norm: normField(),
      length: field(positive(), "Largest dual norm of a gradient; a longer one is shortened to it.", {
        unit: "gradient of the risk",
        example: 1,
        otherNames: ["max_norm"],
      }),
    }),
    summary: "any optimiser whose gradients are shortened to a length in the dual of a norm: l2 clips by the Euclidean length",
    examples: [{ kind: "clipped", optimizer: someHeavyBall, norm: "l2", length: 1 }],
    firstStep: { rule: "constant", size: 0.01 },
    nameOf: ({ optimizer }) => held.nameIn("clipped", optimizer),
    build: ({ optimizer, norm, length }) => coreClipped(held.build(optimizer), { norm: normOf(norm), length }),
    pytorch: ({ optimizer, norm, length }, shapes) => {
      const measured = normSource(norm);
      const inner = held.pytorch(optimizer, shapes);
      return {
        ...inner,
        text: `Clipped(${inner.text}, ${measured.text}, ${options({ length })})`,
        needs: [...inner.needs, ...measured.needs, clippedClass],
      };
    },
  });
