import { requireBoolean, requireList, requireObject, requireSize } from "../check/require.js";
import type { NormShape } from "../norm/norm.js";
import type { Layout } from "./layout.js";

/**
 * θ as norms see it: its trainable matrices in layer order.
 *
 * @param layout  of the network
 * @returns the trainable blocks as matrices of outputs x inputs
 */
export function normShape(layout: Layout): NormShape {
  const { blocks, parameterCount } = requireObject("layout", layout);
  for (const [i, block] of requireList("layout.blocks", blocks, "blocks").entries()) {
    const { offset, outputs, inputs, trainable } = requireObject(`layout.blocks[${i}]`, block);
    requireBoolean(`layout.blocks[${i}].trainable`, trainable);
    for (const [name, size] of Object.entries({ offset, outputs, inputs })) requireSize(`layout.blocks[${i}].${name}`, size);
  }
  requireSize("layout.parameterCount", parameterCount);
  return {
    length: parameterCount,
    blocks: blocks.filter(({ trainable }) => trainable).map(({ offset, outputs, inputs }) => ({ offset, rows: outputs, columns: inputs })),
  };
}
