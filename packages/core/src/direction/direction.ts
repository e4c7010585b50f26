import type { Kernels, Region, Sized, Span } from "@steepest/kernels";
import type { NormShape } from "../norm/norm.js";

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
  /** The size of the region that the bound direction may use during a call. */
  scratch(shape: NormShape): Sized;
  /** @throws DefinitionError  if the direction does not fit the shape */
  bind(kernels: Kernels, shape: NormShape, region: Region): BoundDirection;
}

/** out ← the direction at g. `out` must not be `g`; no call allocates kernel memory. */
export type BoundDirection = (g: Span, out: Span) => void;
