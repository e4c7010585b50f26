import type { Tape } from "./tape.js";

/** Exponents of a quasi-homogeneous tape: f(x; (c^exponent_b θ_b)_b) = c^degree f(x; θ) for c > 0. */
export interface QuasiHomogeneity {
  /** By block; 0 for frozen ones. */
  readonly exponents: readonly number[];
  readonly degree: number;
}

/**
 * The exponents of a tape whose biases scale as what they are added to; undefined where there are none, as for operations that are not homogeneous and for
 * sums of other parts of different exponents.
 *
 * Weights that multiply have exponent 1. Source: Kunin et al., The asymmetric maximum margin bias of quasi-homogeneous neural networks, ICLR 2023.
 */
export function quasiHomogeneityOf(tape: Tape): QuasiHomogeneity | undefined {
  const exponents: number[] = tape.blocks.map(({ trainable }) => (trainable ? 1 : 0));
  const bySlot = new Float64Array(tape.sizes.length);
  const alone = new Map<number, number>();
  for (const node of tape.nodes) {
    if (node.kind === "apply") {
      const { operation, input, output, block } = node;
      if (operation.limit) return undefined;
      if (input === undefined && block !== undefined) alone.set(output, block);
      else bySlot[output] = bySlot[input!]! * operation.degree + (block === undefined ? 0 : exponents[block]!);
      continue;
    }
    const others = node.inputs.filter((slot) => !alone.has(slot));
    const found = new Set(others.map((slot) => bySlot[slot]!));
    if (found.size !== 1) return undefined;
    const [exponent] = [...found] as [number];
    for (const slot of node.inputs) {
      const block = alone.get(slot);
      if (block === undefined) continue;
      if (!tape.blocks[block]!.trainable && exponent !== 0) return undefined;
      exponents[block] = exponent;
    }
    bySlot[node.output] = exponent;
  }
  return { exponents, degree: bySlot[tape.output]! };
}
