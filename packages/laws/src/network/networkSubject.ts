/** One group of trainable parameters inside θ, of which the score is a positively homogeneous function. */
export interface NetworkBlock {
  readonly offset: number;
  readonly length: number;
  /** k in f(x; c θ_block, the rest) = c^k f(x; θ) for c > 0. */
  readonly degree: number;
}

/** A homogeneous network over fixed samples, as a function of its trainable parameters alone; frozen ones belong to the subject. */
export interface NetworkSubject {
  /** L in f(x; cθ) = c^L f(x; θ) for c > 0. */
  readonly degree: number;
  readonly blocks: readonly NetworkBlock[];
  /** One score per sample. */
  scores(theta: Float64Array): Float64Array;
  /** Σᵢ coefficientᵢ ∇f(xᵢ; θ), as long as θ. */
  gradient(theta: Float64Array, coefficients: Float64Array): Float64Array;
}
