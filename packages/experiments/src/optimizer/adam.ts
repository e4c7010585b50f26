import type { AdamOptions } from "@steepest/core";
import { adam as coreAdam } from "@steepest/core";
import type { ValueOf } from "../definition/choice.js";
import { field, memoryDecay, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { adam as adamClass } from "../pytorch/optimizerClasses.js";
import { type OptimizerSource, options, refuseOption } from "../pytorch/optimizerSource.js";
import { epsilonOptions, insideOption } from "./epsilon.js";
import { optimizerMember } from "./member.js";

/** Schemas of Adam's options, alone or as a part of another optimiser. */
export const adamOptions = {
  beta1: field(memoryDecay(), "Share of the first moment that a step keeps.", { unit: "1", example: 0.9 }),
  beta2: field(memoryDecay(), "Share of the second moment that a step keeps.", { unit: "1", example: 0.999 }),
  ...epsilonOptions(),
};

/** Adam as an expression over classes of a Python program. */
export function adamPart({ beta1, beta2, epsilon, epsilonPlacement }: AdamOptions): Omit<OptimizerSource, "norm"> {
  if (typeof epsilon !== "number") return refuseOption("optimizer.epsilon", JSON.stringify(epsilon));
  return { text: `Adam(${options({ beta1, beta2, epsilon, ...insideOption(epsilonPlacement) })})`, needs: [adamClass] };
}

export const adam = optimizerMember({
  schema: z.strictObject({ kind: z.literal("adam"), ...adamOptions }),
  summary: "Adam with its moments in the loss frame: exact at any tiny risk; epsilonPlacement outside the root (default) or inside",
  examples: [{ kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
  build: coreAdam,
  pytorch: (choice) => ({ ...adamPart(choice), norm: () => normSource("linf") }),
});

export type AdamChoice = ValueOf<typeof adam>;
