import type { Kernels, Span } from "@steepest/kernels";

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
 */
export function alignment({ kernels, theta, ghat, normOfTheta, dualNormOfGhat }: AlignmentInput): number {
  return -kernels.dot(theta.ptr, ghat.ptr, theta.length) / normOfTheta / dualNormOfGhat;
}
