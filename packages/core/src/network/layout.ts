/** One weight matrix inside the flat parameter vector, row-major w[outputs][inputs]. */
export interface Block {
  readonly layer: number;
  readonly name: string;
  readonly offset: number;
  /** Fan-out. */
  readonly outputs: number;
  /** Fan-in. */
  readonly inputs: number;
  readonly trainable: boolean;
  /** Degree of the score in this block alone. */
  readonly degree: number;
}

/**
 * Offsets of the layers' weights. Trainable blocks come first and together are θ; frozen ones follow, so that θ is one contiguous vector and
 * every norm, direction and step sees trainable parameters only.
 */
export interface Layout {
  /** Blocks in layer order. */
  readonly blocks: readonly Block[];
  /** p: the length of θ. */
  readonly parameterCount: number;
  /** θ and the frozen weights. */
  readonly totalCount: number;
}

export function layout(widths: readonly number[], degrees: readonly number[], frozen: ReadonlySet<number>): Layout {
  const sizes = degrees.map((_, layer) => widths[layer]! * widths[layer + 1]!);
  const order = [...sizes.keys()].sort((a, b) => Number(frozen.has(a)) - Number(frozen.has(b)) || a - b);
  const offsets = new Array<number>(sizes.length);
  let next = 0;
  let parameterCount = 0;
  for (const layer of order) {
    offsets[layer] = next;
    next += sizes[layer]!;
    if (!frozen.has(layer)) parameterCount = next;
  }
  const blocks = degrees.map((degree, layer) => ({
    layer,
    name: `layer${layer + 1}`,
    offset: offsets[layer]!,
    outputs: widths[layer + 1]!,
    inputs: widths[layer]!,
    trainable: !frozen.has(layer),
    degree,
  }));
  return { blocks, parameterCount, totalCount: next };
}
