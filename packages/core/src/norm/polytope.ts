/** A number t >= 0 that norms are bounded by, times a factor: the limit of a whole programme, or one that stands for the norm of a part. */
export interface Limit {
  /** undefined: the constant 1. */
  readonly variable: number | undefined;
  readonly factor: number;
}

/** An entry of the vector, and a factor > 0: the inequalities are about factor |xⱼ|. */
export interface ScaledEntry {
  readonly index: number;
  readonly factor: number;
}

/** Linear inequalities on the sizes of entries and on further limits, which a norm states of itself where its unit ball is a polytope. */
export interface PolytopeProgram {
  /** A further variable t >= 0. */
  limit(): Limit;
  /** Every factor |xⱼ| <= limit. */
  eachWithin(entries: readonly ScaledEntry[], limit: Limit): void;
  /** Σ factor |xⱼ| <= limit. */
  sumWithin(entries: readonly ScaledEntry[], limit: Limit): void;
  /** Σ factor t of further limits t <= limit. */
  limitsWithin(parts: readonly Limit[], limit: Limit): void;
}
