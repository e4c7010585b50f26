import type { NormSubject } from "../norm/normSubject.js";

/** The norms (Σ |xᵢ|^p)^(1/p) for every p from 1 to infinity. */
export interface NormFamilySubject {
  /** The norm of exponent `p` in [1, ∞]; `Infinity` itself is asked as well. */
  at(p: number): Pick<NormSubject, "norm" | "dualNorm" | "lmo">;
  /** The only length that the subject accepts; undefined for any. */
  readonly dimension?: number;
}
