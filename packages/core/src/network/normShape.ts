import type { NormShape } from "../norm/norm.js";
import type { Layout } from "./layout.js";

/**
 * θ as norms see it: its trainable matrices in layer order.
 *
 * @param layout  of the network
 * @returns the trainable blocks as matrices of outputs x inputs
 */
export function normShape({ blocks, parameterCount }: Layout): NormShape {
  return {
    length: parameterCount,
    blocks: blocks.filter(({ trainable }) => trainable).map(({ offset, outputs, inputs }) => ({ offset, rows: outputs, columns: inputs })),
  };
}
