import { marginPaced as coreMarginPaced } from "@steepest/core";
import { largestBoundedC } from "@steepest/core/internal";
import { field, implication, positive, ruled, z } from "../definition/schema.js";
import { plainStep, stepNumber } from "../pytorch/stepSource.js";
import { untranslated } from "../pytorch/untranslated.js";
import { stepRuleMember } from "./member.js";
import { dividedBy } from "./shorter.js";

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
  remedy: { ends: "jumps", step: { rule: "marginPaced", c: 0.25 }, text: "margin-paced steps" },
  shorter: (choice, factor) => {
    const c = dividedBy(factor, choice.c);
    return { step: { ...choice, c }, text: `c = ${c}` };
  },
  build: ({ c, gradients = "exact" }) => coreMarginPaced({ c, gradients }),
  pytorch: ({ c, gradients = "exact" }, { degree, moving }) => {
    const text = stepNumber("c", c);
    if (gradients === "bound")
      return { ...plainStep(`${text} * norm.norm(theta) / (${degree} * max(1, -log_risk)), 0.0`), needsNorm: true, paces: true };
    if (gradients !== "exact") return untranslated("step.gradients", String(gradients), "the TypeScript program has every step rule");
    const longest = `${text} * norm.norm(${moving}) / (${degree} - 1) if largest > 0 and log_risk >= -2 else math.inf`;
    return {
      text: `def step_size(t, log_risk, seen, theta, ghat):
    """c over the largest dual norm of a sample's gradient, so that no sample margin changes by more than about c; at most c ||theta|| / (L - 1)."""
    largest = largest_sample_gradient(theta)
    return float(${degree === "1" ? `${text} / largest` : `min(${text} / largest, ${longest})`}), 0.0`,
      needsNorm: true,
      needsSamples: true,
      needsMoving: true,
      paces: true,
    };
  },
});
