import type { Degrees } from "../tape/degrees.js";
import type { Tape } from "../tape/tape.js";

/** One weight matrix inside the flat parameter vector, row-major w[outputs][inputs]. */
export interface Block {
  /** Its number in the order of the layers, from 0. */
  readonly layer: number;
  readonly name: string;
  readonly offset: number;
  /** Rows: fan-out. */
  readonly outputs: number;
  /** Columns: fan-in; of a convolution channels x kernel area, of a bias 1. */
  readonly inputs: number;
  /** Inputs of a unit of its layer, by which initial weights are scaled. Absent: `inputs`. */
  readonly fanIn?: number;
  readonly trainable: boolean;
  /** Degree of the scores in the blocks of its group together. */
  readonly degree: number;
  /** The blocks in which the scores are homogeneous only together, such as weights and bias of the first layer, have one number. Absent: it is alone. */
  readonly group?: number;
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

/** The layout of the weights of a tape. */
export function layoutOf({ blocks }: Tape, { degrees, groups }: Degrees): Layout {
  const sizes = blocks.map(({ rows, columns }) => rows * columns);
  const order = [...blocks.keys()].sort((a, b) => Number(blocks[b]!.trainable) - Number(blocks[a]!.trainable) || a - b);
  const offsets = new Array<number>(blocks.length);
  let next = 0;
  let parameterCount = 0;
  for (const b of order) {
    offsets[b] = next;
    next += sizes[b]!;
    if (blocks[b]!.trainable) parameterCount = next;
  }
  return {
    blocks: blocks.map(({ name, rows, columns, fanIn, trainable }, layer) => ({
      layer,
      name,
      offset: offsets[layer]!,
      outputs: rows,
      inputs: columns,
      fanIn,
      trainable,
      degree: degrees[layer]!,
      group: groups[layer]!,
    })),
    parameterCount,
    totalCount: next,
  };
}
