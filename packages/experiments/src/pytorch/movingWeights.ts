import type { LabelledData, Network } from "@steepest/core";
import { buildOptimizer, type OptimizerChoice } from "../optimizer/registry.js";

export interface MovingWeights {
  /** The weights that move, as an expression of `theta`. */
  readonly expression: string;
  /** A function that the expression calls; "" where it calls none. */
  readonly text: string;
}

/** The weights that move: training leaves out those of inputs that are zero in every sample, unless the optimiser depends on positions or moves all of them. */
export function movingWeights(
  optimizer: OptimizerChoice,
  { layout, withInputDim }: Network,
  { inputs, inputDim }: LabelledData,
): MovingWeights {
  const used = new Set<number>();
  inputs.forEach((x, i) => {
    if (x !== 0) used.add(i % inputDim);
  });
  const [first] = layout.blocks;
  if (used.size === inputDim || used.size === 0 || !first!.trainable || !withInputDim || keepsAll(optimizer))
    return { expression: "theta", text: "" };
  return {
    expression: "moving(theta)",
    text: `def moving(theta):
    """theta without the weights of inputs that are zero in every sample: they are in no gradient, and nothing moves them."""
    first = matrices(theta, shapes)[0]
    return torch.cat([torch.where((inputs == 0).all(0), 0.0, first).flatten(), theta[first.numel():]])


`,
  };
}

function keepsAll(optimizer: OptimizerChoice): boolean {
  const { ownNorm, needsEveryWeight = false } = buildOptimizer(optimizer);
  return ownNorm.dependsOnPosition || needsEveryWeight;
}
