import { marginPaced as coreMarginPaced } from "@steepest/core";
import { largestBoundedC } from "@steepest/core/internal";
import { positive } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { implication, ruled } from "../definition/rule.js";
import { z } from "../definition/zod.js";
import { stepRuleMember } from "./member.js";

export const marginPaced = stepRuleMember({
  schema: ruled(
    z.strictObject({
      rule: z.literal("marginPaced"),
      c: field(positive(), "About how much a sample margin may change in one step: 0.25 follows the flow, 1 is fast.", {
        unit: "score",
        example: 0.25,
      }),
      gradients: field(
        z.enum(["exact", "bound"]),
        "Largest sample gradient: measured, or bounded, which costs nothing and needs c <= 0.1.",
        { example: "exact" },
      ).optional(),
    }),
    {
      json: implication(
        { properties: { gradients: { const: "bound" } }, required: ["gradients"] },
        { properties: { c: { maximum: largestBoundedC } } },
      ),
      problems: () => [], // marginPaced itself says it
    },
  ),
  summary:
    "c over the largest dual norm of a sample's gradient, at most c ||theta|| / (L - 1): no sample margin moves by more than about c",
  examples: [{ rule: "marginPaced", c: 0.25 }],
  build: ({ c, gradients = "exact" }) => coreMarginPaced({ c, gradients }),
});
