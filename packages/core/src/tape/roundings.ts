import type { Tape } from "./tape.js";

/**
 * A number k of roundings of a tape whose operations are all majorized: with u = 2^-53 and γ_k = k u / (1 - k u), the computed scores and gradients of a single
 * sample differ from the exact ones, on the computed sides of all kinks, by at most γ_k times what the same tape gives at |θ|, |x| and |seeds|, less underflow.
 * Undefined where an operation is not majorized.
 *
 * Every product of a sum passes at most so many roundings: those of its factors, one per addition of its sum, one per product.
 * Source: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1 and lemma 3.3.
 */
export function roundingsOf({ sizes, nodes, blocks, output }: Tape): number | undefined {
  if (nodes.some((node) => node.kind === "apply" && !node.operation.isMajorized)) return undefined;
  const forward = new Float64Array(sizes.length);
  for (const node of nodes) {
    if (node.kind === "add") {
      forward[node.output] = Math.max(...node.inputs.map((slot) => forward[slot]!)) + node.inputs.length;
      continue;
    }
    const { operation, input, block } = node;
    const summed = (input === undefined ? 0 : sizes[input]!) + (block === undefined ? 0 : blocks[block]!.columns);
    forward[node.output] = Math.max(operation.degree, 1) * (input === undefined ? 0 : forward[input]! + 1) + summed + 2;
  }
  const backward = new Float64Array(sizes.length);
  let most = forward[output]!;
  let uses = 0;
  for (const node of [...nodes].reverse()) {
    const arriving = backward[node.output]!;
    if (node.kind === "add") {
      for (const slot of node.inputs) backward[slot] = Math.max(backward[slot]!, arriving) + 1;
      continue;
    }
    const { operation, input, block } = node;
    const received = input === undefined ? 0 : forward[input]!;
    const summed = sizes[node.output]! + (block === undefined ? 0 : blocks[block]!.rows) + 3;
    if (input !== undefined) backward[input] = Math.max(backward[input]!, arriving + operation.degree * (received + 1) + summed) + 1;
    if (block !== undefined) most = Math.max(most, arriving + received + summed + ++uses);
  }
  return most;
}
