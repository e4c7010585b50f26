/** Trainable parameters inside θ, of which the score is a positively homogeneous function, alone or together with others. */
export interface NetworkBlock {
  readonly offset: number;
  readonly length: number;
  /** k in f(x; c θ_block, the rest) = c^k f(x; θ) for c > 0. */
  readonly degree: number;
  /** Blocks of one number are scaled together, and each names their common degree, as weights and bias of the first layer do. Default: the block is alone. */
  readonly group?: number;
}

/** Blocks that are scaled together. */
export interface BlockGroup {
  readonly degree: number;
  readonly parts: readonly NetworkBlock[];
}

/** The groups of blocks, in the order of their first blocks. */
export function groupsOf(blocks: readonly NetworkBlock[]): BlockGroup[] {
  const groups = new Map<unknown, NetworkBlock[]>();
  for (const block of blocks) {
    const key = block.group ?? block;
    groups.set(key, [...(groups.get(key) ?? []), block]);
  }
  return [...groups.values()].map((parts) => ({ degree: parts[0]!.degree, parts }));
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
  /** One score per sample, or several, sample by sample. */
  scores(theta: Float64Array): Float64Array;
  /** Σᵢ coefficientᵢ ∇scoreᵢ, as long as θ. */
  gradient(theta: Float64Array, coefficients: Float64Array): Float64Array;
}
