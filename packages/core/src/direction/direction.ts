import type { Kernels, Pointer, Span } from "@steepest/kernels";
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
  /** Bytes that the bound direction may use at its scratch pointer during a call. */
  scratchBytes(shape: NormShape): number;
  /** @throws DefinitionError  if the direction does not fit the shape */
  bind(kernels: Kernels, shape: NormShape, scratch: Pointer): BoundDirection;
}

/** out ← the direction at g. `out` must not be `g`; no call allocates kernel memory. */
export type BoundDirection = (g: Span, out: Span) => void;
