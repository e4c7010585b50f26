import type { Limit, PolytopeProgram, ScaledEntry } from "./polytope.js";

/** Inequalities of convex cones on entries and on further limits, which a norm states of itself: linear ones, and those of roots, powers and singular values. */
export interface ConeProgram extends PolytopeProgram {
  /** √Σ (factor xⱼ)² <= limit. */
  rootWithin(entries: readonly ScaledEntry[], limit: Limit): void;
  /** √Σ (factor t)² of further limits t <= limit. */
  rootOfLimitsWithin(parts: readonly Limit[], limit: Limit): void;
  /** (Σ |factor xⱼ|^p)^(1/p) <= limit, 1 < p < ∞. */
  powersWithin(entries: readonly ScaledEntry[], p: number, limit: Limit): void;
  /** The largest singular value of a matrix, whose entries come row by row, <= limit. */
  singularValuesWithin(entries: readonly ScaledEntry[], rows: number, limit: Limit): void;
  /** The sum of the singular values of a matrix <= limit. */
  sumOfSingularValuesWithin(entries: readonly ScaledEntry[], rows: number, limit: Limit): void;
}
