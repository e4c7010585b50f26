import { DimensionError, type Network } from "@steepest/core";
import type { Tensor } from "@steepest/formats";

/**
 * The arrays of the weights of a network, each by the name of its block, which `placedWeights` takes for the same weights.
 *
 * @param network  its layout has the blocks
 * @param weights  f64[totalCount], as `Training.parameters` has them; not modified
 * @returns an array w[outputs][inputs] for each block; copies
 * @throws DimensionError  if the weights have another length
 */
export function weightTensors({ layout }: Network, weights: Float64Array): Readonly<Record<string, Tensor>> {
  if (weights.length !== layout.totalCount)
    throw DimensionError.at("weights", `have length ${weights.length}, expected ${layout.totalCount}`, { value: weights.length });
  let next = 0;
  return Object.fromEntries(
    layout.blocks.map(({ name, outputs, inputs }) => {
      const values = weights.slice(next, next + outputs * inputs);
      next += values.length;
      return [name, { shape: [outputs, inputs], values }] as const;
    }),
  );
}
