import { initialise, sampleShapeOf } from "@steepest/core";
import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { pairsOf, seedsOf } from "./pair.js";
import type { NetworkPoint } from "./tangentProblem.js";

/**
 * The smallest margin of a network over its samples, as a function of all its weights: one forward pass.
 *
 * @param point    network and data; the weights decide nothing
 * @param factory  makes the kernels of the memory
 * @returns weights ↦ min qₖ, for weights of f64[totalCount], blocks in layer order
 */
export function minMarginOf({ network, data }: Omit<NetworkPoint, "weights">, factory: KernelFactory): (weights: Float64Array) => number {
  const plan = new ArenaPlan().span(network.layout.totalCount);
  network.plan(plan, sampleShapeOf(data), "forward");
  const arena = plan.allocate(factory);
  const parameters = arena.span(network.layout.totalCount);
  const scorer = network.scorer(arena, parameters, data);
  const seeds = pairsOf(data).map((pair) => ({ sample: pair.sample, seeds: seedsOf(data, pair) }));
  return (weights) => {
    initialise(arena.kernels, network, parameters, weights, 0);
    scorer.forward();
    const scores = scorer.scores.view;
    let least = Infinity;
    for (const { sample, seeds: own } of seeds) {
      const q = own.reduce((sum, seed, j) => sum + seed * scores[sample * own.length + j]!, 0);
      if (!(q >= least)) least = q;
    }
    return least;
  };
}
