import { bindNormIn, inKernelMemory, type Network, norms, normShape, planNorm, type TrainHost } from "@steepest/core";
import { shownNorms } from "../setup/definition.js";

/**
 * Compares an update with the steepest directions at the gradient it answered:
 *
 *   cosine(k) = <Δθ, lmo_k(ĝ)> / (||Δθ||₂ ||lmo_k(ĝ)||₂),  k each of the shown norms
 *
 * 1 means that the step went exactly where steepest descent in that norm goes. NaN where nothing moved.
 */
export type Lens = (gradient: Float64Array, update: Float64Array) => Record<string, number>;

export function lensOf(network: Network, host: TrainHost): Lens {
  const shape = normShape(network.layout);
  const chosen = shownNorms.map((id) => norms[id]);
  return inKernelMemory(
    host,
    (plan) => {
      plan.span(shape.length).span(shape.length).span(shape.length);
      for (const norm of chosen) planNorm(plan, norm, shape);
    },
    (arena) => {
      const { kernels } = arena;
      const [gradient, update, direction] = [arena.span(shape.length), arena.span(shape.length), arena.span(shape.length)];
      const bound = chosen.map((norm) => bindNormIn(arena, norm, shape));
      const length = ({ ptr }: { ptr: number }): number => Math.sqrt(kernels.sumSquares(ptr, shape.length, 1));
      return (g, moved) => {
        gradient.view.set(g);
        const largest = moved.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        update.view.set(moved.map((value) => value / largest)); // tiny updates must not vanish when squared
        return Object.fromEntries(
          bound.map(({ id, lmo }) => {
            lmo(gradient, direction);
            const product = kernels.dot(update.ptr, direction.ptr, shape.length);
            return [id, product / (length(update) * length(direction))];
          }),
        );
      };
    },
  );
}
