import { inputsOf, type Tape, type TapeNode } from "../tape/tape.js";

/** An applied operation with weights that train, and the block's index among the trainable ones. */
export interface WeightUse {
  readonly node: Extract<TapeNode, { readonly kind: "apply" }>;
  readonly block: number;
  readonly trainableIndex: number;
  /** True if an earlier use in the tape reads the same block, so that gradients add up. */
  readonly isRepeated: boolean;
}

/** The way of δ into a slot. */
export interface DeltaStep {
  readonly node: TapeNode;
  readonly slot: number;
  /** True if another node that reads the slot has written its δ before. */
  readonly adds: boolean;
}

/** Facts of a tape that its passes need. */
export interface Wiring {
  /** Slots that δ is computed of, each with the slot in whose memory it stands: one that is overwritten on the way. */
  readonly deltas: ReadonlyMap<number, number>;
  /** Slots of products and sums that an operation may overwrite, each with the slot of its output: nothing else reads them. */
  readonly overwritten: ReadonlyMap<number, number>;
  /**
   * Output slots of operations with a kink whose inputs are read by others too, or looked at on the way back by what has written them: a derivative on the
   * other side of the kink must not change those.
   */
  readonly gated: ReadonlySet<number>;
  /** Backward steps in their order. */
  readonly backward: readonly DeltaStep[];
  readonly uses: readonly WeightUse[];
  /** Trainable blocks that the scores do not depend on. */
  readonly unused: readonly number[];
  /** True if compressed samples may enter every operation that reads them. */
  readonly mayBeCompressed: boolean;
  /** True if the gradient of a sample is of rank one in every trainable block. */
  readonly isRankOne: boolean;
}

/** The facts of a tape that follow from its nodes. */
export function wiringOf(tape: Tape): Wiring {
  const { nodes, blocks, output } = tape;
  const isTrained = ({ kind, ...rest }: TapeNode): boolean =>
    kind === "apply" && "block" in rest && rest.block !== undefined && blocks[rest.block]!.trainable;
  const readers = new Map<number, number>();
  for (const node of nodes) for (const slot of inputsOf(node)) readers.set(slot, (readers.get(slot) ?? 0) + 1);

  const isMoved = new Set<number>();
  for (const node of nodes) if (isTrained(node) || inputsOf(node).some((slot) => isMoved.has(slot))) isMoved.add(node.output);

  const deltas = new Map([[output, output]]);
  const backward: DeltaStep[] = [];
  const isWritten = new Set<number>();
  for (const node of [...nodes].reverse()) {
    for (const slot of inputsOf(node)) {
      if (!isMoved.has(slot)) continue;
      const isOverwriting = node.kind === "apply" && node.operation.isEntrywise && readers.get(slot) === 1 && node.output !== output;
      deltas.set(slot, isOverwriting ? deltas.get(node.output)! : (deltas.get(slot) ?? slot));
      backward.push({ node, slot, adds: isWritten.has(slot) });
      isWritten.add(slot);
    }
  }

  const overwritten = new Map<number, number>();
  for (const node of nodes) {
    if (node.kind !== "apply" || !node.operation.mayOverwrite || readers.get(node.input!) !== 1 || node.input === output) continue;
    const from = nodes.find((other) => other.output === node.input);
    if (from?.kind === "add" || from?.block !== undefined) overwritten.set(node.input!, node.output); // others may look at their output on the way back
  }

  const gated = new Set<number>();
  for (const node of nodes) {
    if (node.kind !== "apply" || !node.operation.kink || !isMoved.has(node.input!)) continue;
    const from = nodes.find((other) => other.output === node.input);
    if (readers.get(node.input!)! > 1 || (from?.kind === "apply" && from.block === undefined)) gated.add(node.output);
  }

  const trainable = blocks.flatMap(({ trainable }, b) => (trainable ? [b] : []));
  const uses: WeightUse[] = [];
  for (const node of nodes) {
    if (node.kind !== "apply" || node.block === undefined || !isTrained(node)) continue;
    const { block } = node;
    uses.push({ node, block, trainableIndex: trainable.indexOf(block), isRepeated: uses.some((use) => use.block === block) });
  }
  return {
    deltas,
    overwritten,
    gated,
    backward,
    uses,
    unused: trainable.filter((block) => !uses.some((use) => use.block === block)),
    mayBeCompressed: nodes.every(
      (node) => !inputsOf(node).includes(0) || (node.kind === "apply" && node.operation.productOutputs !== undefined),
    ),
    isRankOne: uses.every(({ node, isRepeated }) => !isRepeated && node.operation.sampleGradient !== "formed"),
  };
}
