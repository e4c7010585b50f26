import type { EpsilonPlacement } from "@steepest/core";
import { field, nonNegative, z } from "../definition/schema.js";
import { refuseOption } from "../pytorch/optimizerSource.js";

/** Schemas of ε beside the root of second moments v: √v + ε, or √(v + ε) with `epsilonPlacement: "inside"`. */
export const epsilonOptions = () => ({
  epsilon: field(
    nonNegative(),
    "Added to the root of the second moments, which are those of the gradient of the risk itself; or under it, see epsilonPlacement.",
    {
      unit: "gradient of the risk; inside the root, its square",
      example: 1e-8,
    },
  ),
  epsilonPlacement: field(
    z.enum(["outside", "inside"]),
    "Whether epsilon is added to the root of the second moments, as in PyTorch, or to what is under it, as in TensorFlow.js.",
    {
      example: "outside",
    },
  )
    .optional()
    .meta({ default: "outside" }),
});

/** The option of ε inside the root; empty for the default, outside. */
export function insideOption(placement: EpsilonPlacement = "outside"): { inside?: true } {
  if (placement !== "outside" && placement !== "inside") return refuseOption("optimizer.epsilonPlacement", String(placement));
  return placement === "inside" ? { inside: true } : {};
}
