import type { Kernels, Span } from "@steepest/kernels";
import type { Norm } from "../norm/norm.js";

export interface AlignmentInput {
  readonly kernels: Kernels;
  readonly norm: Norm;
  /** Every trainable parameter. */
  readonly theta: Span;
  /** The part of θ that ghat is over; the gradient of the rest is zero. */
  readonly moving: Span;
  readonly ghat: Span;
}

/**
 * The alignment <θ / ||θ||, -g / ||g||_*>: in (0, 1] after separation, and 1 exactly at a KKT direction of max-margin in this norm.
 * The soft margin grows at least at rate L (||θ'|| / ||θ||)(1 / alignment - 1). Source: Tsilivis et al., JMLR 27 (2026), theorem 1.
 */
export function alignment({ kernels, norm, theta, moving, ghat }: AlignmentInput): number {
  return -kernels.dot(moving.ptr, ghat.ptr, moving.length) / norm.norm(theta) / norm.dualNorm(ghat);
}
