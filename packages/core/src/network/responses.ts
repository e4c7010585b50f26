import { entryOf } from "@steepest/kernels";
import type { Layout } from "./layout.js";
import type { Trainer } from "./network.js";
import type { Pass } from "./pass.js";

/**
 * Responses of the operations with weights to a direction of θ, by the values and δ of the last pass. Operations are linear in their weights, so that
 * <v, ∂<δ, op(x, w)> / ∂w> = <δ, op(x, v)>, and no gradient is formed.
 */
export function responses(pass: Pass, layout: Layout, scratch: number): NonNullable<Trainer["responses"]> {
  const { tape, wiring, inputs, n, value, delta } = pass;
  const operationOf = new Map(tape.nodes.map((node, i) => [node, pass.bound[i]]));
  return (direction, response, visit) => {
    for (const { node } of wiring.uses) {
      const size = tape.sizes[node.output]!;
      const weights = entryOf(direction, layout.blocks[node.block!]!.offset);
      const { productOutputs } = node.operation;
      if (node.input === 0 && productOutputs !== undefined) inputs.forward(weights, response.ptr, productOutputs, scratch);
      else {
        const x = node.input === undefined ? 0 : node.input === 0 ? inputs.ptr! : value(node.input).ptr;
        operationOf.get(node)!.forward(x, weights, response.ptr, n);
      }
      visit({ size, values: value(node.output), delta: delta(node.output) });
    }
  };
}
