import { type NormId, norms, type Optimizer, steepestDescent } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";

export interface SteepestChoice {
  readonly kind: "steepest";
  readonly norm: NormId;
  readonly normalized: boolean;
  /** Required for l1 and linf, whose steepest direction can also be smoothed. */
  readonly smoothing?: "none" | undefined;
}

const smoothed: readonly NormId[] = ["l1", "linf"];

const schema = z
  .strictObject({
    kind: z.literal("steepest"),
    norm: z.enum(Object.keys(norms) as [NormId, ...NormId[]]),
    normalized: z.boolean(),
    smoothing: z.literal("none").optional(),
  })
  .superRefine(({ norm, smoothing }, context) => {
    if (smoothed.includes(norm) === (smoothing !== undefined)) return;
    const message =
      smoothing === undefined ? `is required for the norm ${norm}: expected "none"` : `has no meaning for the norm ${norm}: remove it`;
    context.addIssue({ code: "custom", path: ["smoothing"], message });
  });

export const steepest: Choice<SteepestChoice, Optimizer> = {
  schema,
  summary: "steepest descent in a norm, normalised or not: l2 gradient, linf sign, l1 coordinate descent",
  build: ({ norm, normalized }) => steepestDescent({ norm: norms[norm], normalized }),
};
