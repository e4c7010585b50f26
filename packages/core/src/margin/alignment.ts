import type { Kernels, Span } from "@steepest/kernels";
import type { Norm } from "../norm/norm.js";

/**
 * The alignment <θ / ||θ||, -g / ||g||_*>: in (0, 1] after separation, and 1 exactly at a KKT direction of max-margin in this norm.
 * The soft margin grows at least at rate L (||θ'|| / ||θ||)(1 / alignment - 1). Source: Tsilivis et al., JMLR 27 (2026), theorem 1.
 */
export function alignment(kernels: Kernels, norm: Norm, theta: Span, ghat: Span): number {
  return -kernels.dot(theta.ptr, ghat.ptr, theta.length) / norm.norm(theta) / norm.dualNorm(ghat);
}
