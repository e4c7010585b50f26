import { entryOf } from "@steepest/kernels";
import type { Trainer } from "./network.js";
import type { Pass } from "./pass.js";

/**
 * Derivatives by the scale of the weights, from δ and the values of the last pass: an operation of degree 1 in its weights has
 * <w, ∂<δ, op(x, w)> / ∂w> = <δ, op(x, w)>, so that no gradient is formed.
 */
export function scalingDerivatives({ kernels, tape, wiring, n, value, delta }: Pass): NonNullable<Trainer["scalingDerivatives"]> {
  return (exponents, out) => {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (const { node, block } of wiring.uses) {
        const size = tape.sizes[node.output]!;
        const row = i * size;
        sum += exponents[block]! * kernels.dot(entryOf(delta(node.output), row), entryOf(value(node.output), row), size);
      }
      out[i] = sum;
    }
  };
}
