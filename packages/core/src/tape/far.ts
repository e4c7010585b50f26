import type { Operation } from "./operation.js";
import type { Tape, TapeNode } from "./tape.js";

type Applied = Extract<TapeNode, { readonly kind: "apply" }>;

/** Values grow to no more than about 2^this, so that sums of them stay in range. */
const largestExponent = 768;
/** Parts of lower degree are below the rounding of others by far, and exponentials below the range. */
const enough = 256;

/** x ← c x, c a power of two: exact. */
function growth(factor: number, size: number): Operation {
  return {
    degree: 1,
    isEntrywise: true,
    scratch: () => ({ bytes: 0 }),
    bind: (kernels) => ({
      forward: (x, _w, z, n) => kernels.scale(x, z, n * size, factor),
      inputGradient: ({ dz, dx }, n) => kernels.scale(dz, dx, n * size, factor),
    }),
  };
}

/** The operation, whose output moves no more: with derivative 0. */
function settled(operation: Operation, size: number): Operation {
  const { pytorch: _, ...rest } = operation;
  return {
    ...rest,
    degree: 0,
    bind: (kernels, scratch) => ({
      ...operation.bind(kernels, scratch),
      inputGradient: ({ dz, dx }, n) => kernels.scale(dz, dx, n * size, 0),
    }),
  };
}

/**
 * The nodes of a tape at cθ in place of θ, c a power of two up to 2^256, in slots of their own.
 *
 * They stand before operations whose limit is of degree 0. Elsewhere a part of lower degree vanishes beside what is kept; there it decides the output of a sample
 * at whose place the kept part is 0, as where every relu before it is off.
 */
export class FarNodes {
  readonly sizes: number[];
  readonly #tape: Tape;
  readonly #factor: number;
  readonly #slots: Map<number, number> = new Map([[0, 0]]);

  /** @param largestDegree  of all slots, by which powers of c grow */
  constructor(tape: Tape, largestDegree: number) {
    this.#tape = tape;
    this.sizes = [...tape.sizes];
    this.#factor = 2 ** Math.max(1, Math.min(enough, Math.floor(largestExponent / Math.max(1, largestDegree))));
  }

  /**
   * An operation of the limit on its input at cθ.
   *
   * @param node  a node of the tape, without weights
   * @returns it, after the nodes that it depends on and that no call before has returned
   */
  before(node: Applied): TapeNode[] {
    const nodes = this.#at(node.input!);
    return [...nodes, { ...node, input: this.#slots.get(node.input!)!, operation: settled(node.operation, this.sizes[node.output]!) }];
  }

  /** The nodes that write a slot at cθ and that have not been written yet. */
  #at(slot: number): TapeNode[] {
    if (this.#slots.has(slot)) return [];
    const node = this.#tape.nodes.find(({ output }) => output === slot)!;
    if (node.kind === "add") {
      const nodes = node.inputs.flatMap((input) => this.#at(input));
      const inputs = node.inputs.map((input) => this.#slots.get(input)!);
      return [...nodes, { ...node, inputs, output: this.#newSlot(slot) }];
    }
    const nodes = node.input === undefined ? [] : this.#at(node.input);
    const input = node.input === undefined ? undefined : this.#slots.get(node.input)!;
    const output = this.#newSlot(slot);
    nodes.push({ ...node, input, output });
    if (node.block === undefined || !this.#tape.blocks[node.block]!.trainable) return nodes;
    const { layer, path } = node;
    const operation = growth(this.#factor, this.sizes[slot]!);
    return [...nodes, { kind: "apply", layer, path, operation, input: output, output: this.#newSlot(slot), block: undefined }];
  }

  /** A slot as large as another, which stands for it from now on. */
  #newSlot(slot: number): number {
    this.sizes.push(this.sizes[slot]!);
    this.#slots.set(slot, this.sizes.length - 1);
    return this.sizes.length - 1;
  }
}
