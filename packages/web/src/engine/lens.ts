import { arrayNorm, type Network, normShape, norms, type TrainHost } from "@steepest/core";
import { shownNorms } from "../setup/defaults.js";

/**
 * Compares an update with the steepest directions at the gradient it answered:
 *
 *   cosine(k) = <Δθ, lmo_k(ĝ)> / (||Δθ||₂ ||lmo_k(ĝ)||₂),  k each of the shown norms
 *
 * 1 means that the step went exactly where steepest descent in that norm goes. NaN where nothing moved.
 */
export type Lens = (gradient: Float64Array, update: Float64Array) => Record<string, number>;

export function lensOf(network: Network, { kernels }: TrainHost): Lens {
  const shape = normShape(network.layout);
  const chosen = shownNorms.map((id) => [id, arrayNorm(norms[id], kernels, () => shape.blocks)] as const);
  return (gradient, moved) => {
    const largest = moved.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const update = moved.map((value) => value / largest); // tiny updates must not vanish when squared
    return Object.fromEntries(
      chosen.map(([id, norm]) => {
        const direction = norm.lmo(gradient);
        return [id, dot(update, direction) / (length(update) * length(direction))];
      }),
    );
  };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const length = (a: Float64Array): number => Math.sqrt(dot(a, a));
