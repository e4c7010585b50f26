import type { FeatureShape } from "./featureShape.js";
import type { Operation } from "./operation.js";

/** A weight matrix, row-major w[rows][columns]. */
export interface WeightBlock {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Number of inputs of a unit of its layer, by which initial weights are scaled. */
  readonly fanIn: number;
  readonly trainable: boolean;
}

/** The layer that recorded a step of a tape, for messages. */
export interface RecordedLayer {
  /** Its kind: "dense", "silu". */
  readonly layer: string;
  /** Its place among the layers: "layers[2]". */
  readonly path: string;
}

/** One step of a tape: an operation on a slot, or the sum of slots. */
export type TapeNode =
  | (RecordedLayer & {
      readonly kind: "apply";
      readonly operation: Operation;
      /** Undefined: the operation has no input, and its output depends on its weights only. */
      readonly input: number | undefined;
      readonly output: number;
      readonly block: number | undefined;
    })
  | (RecordedLayer & { readonly kind: "add"; readonly inputs: readonly number[]; readonly output: number });

/** A network as steps over slots, f64[n][size] each, in an order in which every slot is written before it is read. Slot 0 holds the samples. */
export interface Tape {
  readonly input: FeatureShape;
  readonly sizes: readonly number[];
  readonly blocks: readonly WeightBlock[];
  readonly nodes: readonly TapeNode[];
  /** The slot of the scores. */
  readonly output: number;
}

/** The slots that a node reads. */
export function inputsOf(node: TapeNode): readonly number[] {
  if (node.kind === "add") return node.inputs;
  return node.input === undefined ? [] : [node.input];
}

/** The tape without the nodes that its output does not depend on. */
export function pruned(tape: Tape): Tape {
  const isNeeded = new Set([tape.output]);
  const nodes: TapeNode[] = [];
  for (const node of [...tape.nodes].reverse()) {
    if (!isNeeded.has(node.output)) continue;
    for (const slot of inputsOf(node)) isNeeded.add(slot);
    nodes.unshift(node);
  }
  return { ...tape, nodes };
}
