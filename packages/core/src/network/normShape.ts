import type { NormShape } from "../norm/norm.js";
import type { Layout } from "./layout.js";

/** θ as norms see it: its trainable matrices in layer order. */
export function normShape({ blocks, parameterCount }: Layout): NormShape {
  return {
    length: parameterCount,
    blocks: blocks.filter(({ trainable }) => trainable).map(({ offset, outputs, inputs }) => ({ offset, rows: outputs, columns: inputs })),
  };
}
