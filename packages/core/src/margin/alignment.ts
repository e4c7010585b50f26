import { type Kernels, requireKernels, type Span } from "@steepest/kernels";
import { requireMagnitude, requireObject } from "../check/require.js";
import { requireSpan } from "../check/requireSpan.js";
import { isComfortable, normalizingExponent, powerOfTwo, timesPowerOfTwo } from "../number/binaryScale.js";

export interface AlignmentInput {
  readonly kernels: Kernels;
  /** Every trainable parameter. */
  readonly theta: Span;
  /** ∇R / R over θ. */
  readonly ghat: Span;
  /** ||θ|| and ||ghat||_* in the norm in question. */
  readonly normOfTheta: number;
  readonly dualNormOfGhat: number;
}

/**
 * The alignment <θ / ||θ||, -g / ||g||_*>: in (0, 1] after separation, and 1 exactly where no direction raises the soft margin in this norm to first
 * order; 1 - alignment is the stationarity of the KKT conditions of max-margin with the multipliers of the trajectory.
 * The soft margin grows at least at rate L (||θ'|| / ||θ||)(1 / alignment - 1). Source: Tsilivis et al., JMLR 27 (2026), theorem 1.
 *
 * @param input  f64[p] θ and ghat, with the norm of the one and the dual norm of the other
 * @returns a number in [-1, 1] up to rounding
 */
export function alignment(input: AlignmentInput): number {
  const { kernels, theta, ghat, normOfTheta, dualNormOfGhat } = requireObject("alignment", input);
  requireKernels("kernels", kernels);
  requireSpan("ghat", ghat, requireSpan("theta", theta).length);
  requireMagnitude("normOfTheta", normOfTheta);
  requireMagnitude("dualNormOfGhat", dualNormOfGhat);
  const inner = kernels.dot(theta.ptr, ghat.ptr, theta.length);
  return isComfortable(Math.abs(inner)) ? -inner / normOfTheta / dualNormOfGhat : scaledAlignment(input);
}

/** The alignment from 2ᵃ θ and 2ᵇ g, both with a largest entry of about 1: for inner products that leave the range of f64, or are 0. */
function scaledAlignment({ kernels, theta, ghat, normOfTheta, dualNormOfGhat }: AlignmentInput): number {
  const a = normalizingExponent(kernels.maxAbs(theta.ptr, theta.length));
  const b = normalizingExponent(kernels.maxAbs(ghat.ptr, ghat.length));
  const [scaleOfTheta, scaleOfGhat] = [powerOfTwo(a), powerOfTwo(b)];
  let inner = 0;
  for (let i = 0; i < theta.length; i++) inner += theta.view[i]! * scaleOfTheta * (ghat.view[i]! * scaleOfGhat);
  return -inner / timesPowerOfTwo(normOfTheta, a) / timesPowerOfTwo(dualNormOfGhat, b);
}
