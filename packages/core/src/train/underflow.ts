import type { Kernels, Span } from "@steepest/kernels";
import { normalizingExponent, powerOfTwo } from "../binaryScale.js";
import { DefinitionError } from "../errors.js";
import type { Network } from "../network/network.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { Risk } from "./risk.js";

export interface Start {
  readonly kernels: Kernels;
  /** The network that trains, on `weights`. */
  readonly network: Network;
  /** Every weight of the network; restored at the end. */
  readonly weights: Span;
  /** Risk of all samples, after `forward` and `backward`. */
  readonly full: Risk;
  readonly own: BoundNorm;
  /** f64[p] each, overwritten. */
  readonly ghat: Span;
  readonly spare: Span;
}

/**
 * Refuses weights so small that every sample's gradient is 0 in f64 although it is not: a product of layers of 1e-60 holds no gradient from the sixth on.
 * Such a run could never begin, and would be called stationary. Layers are homogeneous: with each multiplied by a power of two, units are on and off as
 * they were, and the gradient is the true one but for its scale.
 *
 * @throws DefinitionError
 */
export function refuseUnderflow({ kernels, network, weights, full, own, ghat, spare }: Start): void {
  const isZero = (): boolean => full.hasFiniteScores && full.trainer.maxSampleGradient(own, spare) === 0;
  if (kernels.maxAbs(ghat.ptr, ghat.length) !== 0 || !isZero()) return;
  const before = weights.view.slice();
  const evaluate = (): void => {
    full.forward();
    full.backward(ghat);
  };
  for (const { offset, inputs, outputs } of network.layout.blocks) {
    const [ptr, length] = [weights.ptr + 8 * offset, inputs * outputs];
    kernels.scale(ptr, ptr, length, powerOfTwo(normalizingExponent(kernels.maxAbs(ptr, length))));
  }
  evaluate();
  const isTrulyZero = isZero();
  weights.view.set(before);
  evaluate();
  if (isTrulyZero) return;
  const largest = kernels.maxAbs(weights.ptr, weights.length);
  throw new DefinitionError(
    `init: the gradient at the start is 0 only because no double is so small: ${layersOf(network)} of weights up to ${largest}`,
    {
      path: "init",
      value: largest,
      hint: "start from larger weights, or multiply the inputs by a constant",
    },
  );
}

function layersOf({ layout }: Network): string {
  return layout.blocks.length === 1 ? "a layer" : `${layout.blocks.length} layers`;
}
