import { type NormExpression, normOf, type Optimizer, steepestDescent } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { normSchema } from "./normSchema.js";

export interface SteepestChoice {
  readonly kind: "steepest";
  readonly norm: NormExpression;
  readonly normalized: boolean;
  /** Required for l1 and linf, whose steepest direction can also be smoothed. */
  readonly smoothing?: "none" | "alignment" | undefined;
}

/** Norms whose steepest direction can also be smoothed: with them `smoothing` has to be chosen, with others it may not be. */
export const smoothedNorms: readonly NormExpression[] = ["l1", "linf"];

const schema = z
  .strictObject({
    kind: z.literal("steepest"),
    norm: normSchema,
    normalized: z.boolean(),
    smoothing: z.enum(["none", "alignment"]).optional(),
  })
  .superRefine(({ norm, smoothing }, context) => {
    if (smoothedNorms.includes(norm) === (smoothing !== undefined)) return;
    const message =
      smoothing === undefined
        ? `is required for the norm ${normText(norm)}: expected "none" or "alignment"`
        : `has no meaning for the norm ${normText(norm)}: remove it`;
    context.addIssue({ code: "custom", path: ["smoothing"], message });
  });

const normText = (norm: NormExpression): string => (typeof norm === "string" ? norm : JSON.stringify(norm));

export const steepest: Choice<SteepestChoice, Optimizer> = {
  schema,
  summary: "steepest descent in a norm: l2 gradient, linf sign, l1 coordinate, spectral descent",
  examples: [
    { kind: "steepest", norm: "l2", normalized: true },
    { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
    { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" },
    { kind: "steepest", norm: "spectral", normalized: true },
  ],
  build: ({ norm, normalized, smoothing = "none" }) => steepestDescent({ norm: normOf(norm), normalized, smoothing }),
};
