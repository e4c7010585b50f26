import type { Kernels, Region, Sized, Span } from "@steepest/kernels";
import type { Carrying } from "../carry/carrier.js";
import type { Norm, NormShape } from "../norm/norm.js";

/** The costly factorisations of matrices: a polar factor or singular values, Newton-Schulz iterations, inverse roots of the two Gram matrices. */
export type Decomposition = "polar" | "newtonSchulz" | "roots";

/**
 * A rule that gives the direction of a step from the gradient: the steepest direction of a norm, or a substitute for it. Points downhill.
 */
export interface Direction {
  readonly id: string;
  /** A description in one line; absent for directions of norms, which their norm describes. */
  readonly summary?: string;
  /** Decompositions that a call makes of every matrix. Default none. */
  readonly decompositions?: readonly Decomposition[];
  /** The norm in which the direction of a matrix has a length of about 1. Default spectral. */
  readonly norm?: Norm;
  /** The knowledge of theory about the margin that steps along it raise, where it is not the steepest direction of its norm. */
  readonly expected?: string;
  /** The size of the region that the bound direction may use during a call. */
  scratch(shape: NormShape): Sized;
  /** @throws DefinitionError  if the direction does not fit the shape */
  bind(kernels: Kernels, shape: NormShape, region: Region): BoundDirection;
}

/** out ← the direction at g. `out` must not be `g`; no call allocates kernel memory. Where calls leave nothing behind for later ones, `carry` is absent. */
export type BoundDirection = ((g: Span, out: Span) => void) & Carrying;
