import type { Tape } from "./tape.js";

/**
 * The degree of a tape in its samples: f(cx; θ) = c^degree f(x; θ) for c > 0. Undefined where there is none: biases, operations with a limit, and sums of parts
 * of different degrees in the samples.
 */
export function inputDegreeOf({ sizes, nodes, output }: Tape): number | undefined {
  const bySlot = new Float64Array(sizes.length);
  bySlot[0] = 1;
  for (const node of nodes) {
    if (node.kind === "add") {
      const [first, ...others] = node.inputs.map((slot) => bySlot[slot]!);
      if (others.some((degree) => degree !== first)) return undefined;
      bySlot[node.output] = first!;
      continue;
    }
    const { operation, input } = node;
    if (operation.limit) return undefined;
    bySlot[node.output] = input === undefined ? 0 : bySlot[input]! * operation.degree;
  }
  return bySlot[output];
}
