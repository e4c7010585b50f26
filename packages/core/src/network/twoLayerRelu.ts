import type { Tape } from "../tape/tape.js";

/** True of f(x) = Σ aⱼ max(⟨wⱼ, x⟩, 0) and nothing else: a dense product of the samples, ReLU, a dense product with one output, both matrices trainable. */
export function isTwoLayerRelu({ nodes, blocks, sizes, output }: Tape): boolean {
  const [first, activation, second, ...others] = nodes;
  if (first?.kind !== "apply" || activation?.kind !== "apply" || second?.kind !== "apply" || others.length > 0) return false;
  const isChain = first.input === 0 && activation.input === first.output && second.input === activation.output && second.output === output;
  const areDense = [first, second].every(({ operation }) => operation.productOutputs !== undefined);
  const { kink, degree, isEntrywise } = activation.operation;
  const isRelu = isEntrywise === true && kink?.below === 0 && kink.above === 1 && degree === 1 && activation.block === undefined;
  const areTrained = first.block !== second.block && blocks.length === 2 && blocks.every(({ trainable }) => trainable);
  return isChain && areDense && isRelu && areTrained && sizes[output] === 1;
}
