/** One group of trainable parameters inside θ, of which the score is a positively homogeneous function. */
export interface NetworkBlock {
  readonly offset: number;
  readonly length: number;
  /** k in f(x; c θ_block, the rest) = c^k f(x; θ) for c > 0. */
  readonly degree: number;
}

/** A layer of hidden units without biases between two trainable weight matrices, z = W a and the next layer's V act(z), each one row-major in θ. */
export interface HiddenLayer {
  readonly units: number;
  /** W[units][inputs] from this offset on: a row per unit. */
  readonly incoming: { readonly offset: number; readonly inputs: number };
  /** V[outputs][units] from this offset on: a column per unit. */
  readonly outgoing: { readonly offset: number; readonly outputs: number };
  /** p in act(cz) = c^p act(z) for c > 0. */
  readonly degree: number;
}

/** A homogeneous network over fixed samples, as a function of its trainable parameters alone; frozen ones belong to the subject. */
export interface NetworkSubject {
  /** L in f(x; cθ) = c^L f(x; θ) for c > 0. */
  readonly degree: number;
  readonly blocks: readonly NetworkBlock[];
  /** Layers with trainable weights on both sides; θ cannot move those beside a frozen layer. */
  readonly hiddenLayers?: readonly HiddenLayer[];
  /** One score per sample. */
  scores(theta: Float64Array): Float64Array;
  /** Σᵢ coefficientᵢ ∇f(xᵢ; θ), as long as θ. */
  gradient(theta: Float64Array, coefficients: Float64Array): Float64Array;
}
