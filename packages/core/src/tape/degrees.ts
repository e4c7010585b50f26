import { FarNodes } from "./far.js";
import { inputsOf, pruned, type RecordedLayer, type Tape, type TapeNode } from "./tape.js";

/** Degrees of homogeneity of a tape in its weights. */
export interface Degrees {
  /** L: the degree of the limit in all trainable weights together. */
  readonly degree: number;
  /** By block: the group of blocks that it belongs to, counted from 0. The limit is homogeneous in the blocks of a group together. */
  readonly groups: readonly number[];
  /** By block: the degree of the limit in its group; of a frozen block, a number without meaning. */
  readonly degrees: readonly number[];
  /** True if the tape is its own limit: f(x; cθ) = c^L f(x; θ) for c > 0. */
  readonly isHomogeneous: boolean;
  /** The first layer that keeps the tape from being homogeneous; undefined if it is. */
  readonly inhomogeneous: RecordedLayer | undefined;
  /**
   * The limit of f(x; cθ) / c^L for c → ∞: operations by their limits, sums without the parts of lower degree; operations with a limit of degree 0 at a large c,
   * where a part of lower degree stands before them.
   */
  readonly limit: Tape;
}

interface Grouping {
  union(a: number, b: number): void;
  find(a: number): number;
}

/** A node of the limit; one that is far stands for itself at a large c, with all before it. */
interface LimitNode {
  readonly node: TapeNode;
  readonly isFar: boolean;
}

/** Disjoint sets of blocks. */
function grouping(count: number): Grouping {
  const parents = Array.from({ length: count }, (_, i) => i);
  const find = (a: number): number => (parents[a] === a ? a : find(parents[a]!));
  return {
    find,
    union: (a, b) => {
      const [first, second] = [find(a), find(b)].sort((left, right) => left - right) as [number, number];
      parents[second] = first;
    },
  };
}

/**
 * The degrees of a tape.
 *
 * Every slot has a degree in every block: an operation multiplies those of its input by its own degree, and its weights add one. The parts of a sum with
 * different degrees but one total are homogeneous in those blocks together; parts of lower total vanish in the limit. An operation whose input stays bounded
 * is itself in the limit.
 */
export function degreesOf(tape: Tape): Degrees {
  const { blocks } = tape;
  const groups = grouping(blocks.length);
  const bySlot: Float64Array[] = tape.sizes.map(() => new Float64Array(blocks.length));
  /** Slots that depend on a trainable block: of the others, which never change, no limit is taken. */
  const isMoved = new Set<number>();
  const totalOf = (slot: number): number => bySlot[slot]!.reduce((sum, degree, b) => (blocks[b]!.trainable ? sum + degree : sum), 0);
  /** Slots with parts of lower degree, which count where the part that is kept is 0. */
  const hasLowerParts = new Set<number>();
  let inhomogeneous: RecordedLayer | undefined;

  const added = (node: Extract<TapeNode, { readonly kind: "add" }>): LimitNode => {
    if (node.inputs.some((slot) => isMoved.has(slot))) isMoved.add(node.output);
    const largest = Math.max(...node.inputs.map(totalOf));
    const kept = node.inputs.filter((slot) => totalOf(slot) === largest);
    if (kept.length < node.inputs.length) {
      inhomogeneous ??= node;
      hasLowerParts.add(node.output);
    }
    const [first, ...others] = kept.map((slot) => bySlot[slot]!);
    const differing = blocks.flatMap(({ trainable }, b) => (trainable && others.some((other) => other[b] !== first![b]) ? [b] : []));
    for (const b of differing) groups.union(differing[0]!, b);
    bySlot[node.output]!.set(first!);
    return { node: { ...node, inputs: kept }, isFar: false };
  };
  const applied = (node: Extract<TapeNode, { readonly kind: "apply" }>): LimitNode => {
    const { operation, input, output, block } = node;
    const isFed = input !== undefined && isMoved.has(input);
    if (isFed || (block !== undefined && blocks[block]!.trainable)) isMoved.add(output);
    if (isFed && operation.limit) inhomogeneous ??= node;
    const limit = (isFed && totalOf(input) > 0 && operation.limit) || operation;
    const isBounded = limit !== operation && limit.degree === 0;
    const isFar = isBounded && hasLowerParts.has(input!);
    if (limit !== operation && !isBounded) hasLowerParts.add(output);
    const out = bySlot[output]!;
    if (input !== undefined) out.set(bySlot[input]!.map((degree) => degree * limit.degree));
    if (block !== undefined) out[block]!++;
    return { node: isFar ? node : { ...node, operation: limit }, isFar };
  };

  const nodes = tape.nodes.map((node) => {
    if (inputsOf(node).some((slot) => hasLowerParts.has(slot))) hasLowerParts.add(node.output);
    return node.kind === "add" ? added(node) : applied(node);
  });
  const own = bySlot[tape.output]!;
  const roots = blocks.map((_, b) => groups.find(b));
  const numbers = [...new Set(roots)];
  const degreeOf = (root: number): number => own.reduce((sum, degree, b) => (roots[b] === root ? sum + degree : sum), 0);
  return {
    degree: totalOf(tape.output),
    groups: roots.map((root) => numbers.indexOf(root)),
    degrees: roots.map(degreeOf),
    isHomogeneous: inhomogeneous === undefined,
    inhomogeneous,
    limit: inhomogeneous === undefined ? tape : limitOf(tape, nodes, Math.max(...tape.sizes.map((_, slot) => totalOf(slot)))),
  };
}

/** The tape of the nodes of a limit. @param largestDegree  of all slots */
function limitOf(tape: Tape, nodes: readonly LimitNode[], largestDegree: number): Tape {
  const far = new FarNodes(tape, largestDegree);
  const all = nodes.flatMap(({ node, isFar }) => (isFar && node.kind === "apply" ? far.before(node) : [node]));
  return pruned({ ...tape, sizes: far.sizes, nodes: all });
}
