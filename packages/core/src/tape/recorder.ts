import { DefinitionError } from "../error/errors.js";
import { type FeatureShape, sizeOf } from "./featureShape.js";
import type { Operation } from "./operation.js";
import { pruned, type RecordedLayer, type Tape, type TapeNode, type WeightBlock } from "./tape.js";

/** A place of a network: the slot of its values, and their shape. */
export interface Place {
  readonly slot: number;
  readonly shape: FeatureShape;
}

/** A weight block that a layer asks for. */
export interface WantedBlock extends Omit<WeightBlock, "name" | "trainable"> {
  /** Blocks of one name are one block: layers that name it share their weights. Absent: a block of its own. */
  readonly name: string | undefined;
  /** The word for a block without a name: "layer" for layer1, "bias" for bias1. */
  readonly role: "layer" | "bias";
  readonly frozen: boolean;
}

/** The recorder of a tape: layers write what they do, place by place. */
export class Recorder {
  readonly input: Place;
  readonly #blocks: WeightBlock[] = [];
  readonly #nodes: TapeNode[] = [];
  readonly #sizes: number[];
  readonly #named: Map<string, number> = new Map();
  readonly #counts: { layer: number; bias: number } = { layer: 0, bias: 0 };
  #layer: RecordedLayer = { layer: "", path: "" };

  /** @param input  the shape of the samples */
  constructor(input: FeatureShape) {
    this.input = { slot: 0, shape: input };
    this.#sizes = [sizeOf(input)];
  }

  /**
   * The result of a function that records a layer, whose operations bear the layer's kind.
   *
   * @param layer   the kind of the layer
   * @param path    its place, "layers[2]"
   * @param record  records it
   * @returns what the function returns
   */
  within<T>(layer: string, path: string, record: () => T): T {
    const outer = this.#layer;
    this.#layer = { layer, path };
    try {
      return record();
    } finally {
      this.#layer = outer;
    }
  }

  /**
   * The index of a weight block.
   *
   * @param wanted  its shape, the fan-in by which it is initialised, its name if layers share it, and whether it is frozen
   * @returns the index that `apply` takes; that of the known block, where one of this name was asked for before
   * @throws DefinitionError  if a block of this name has another shape, or is trained where this one is not
   */
  block(wanted: WantedBlock): number {
    const { name, role, rows, columns, fanIn, frozen } = wanted;
    this.#counts[role]++;
    const known = name === undefined ? undefined : this.#named.get(name);
    if (known !== undefined) {
      const block = this.#blocks[known]!;
      if (block.rows !== rows || block.columns !== columns || block.trainable === frozen) {
        throw new DefinitionError(
          `layers: the weights "${name}" are ${shapeText(block)} in one layer and ${shapeText({ rows, columns, trainable: !frozen })} in another`,
          { path: "layers", value: name, hint: "layers share weights of one shape, all of them frozen or none" },
        );
      }
      return known;
    }
    const index = this.#blocks.length;
    this.#blocks.push({ name: name ?? `${role}${this.#counts[role]}`, rows, columns, fanIn, trainable: !frozen });
    if (name !== undefined) this.#named.set(name, index);
    return index;
  }

  /**
   * The place after an operation.
   *
   * @param operation  what is computed of every sample
   * @param from       the place that it reads; undefined for an operation without an input
   * @param shape      the shape of its output
   * @param block      its weights, an index of `block`; absent for an operation without weights
   * @returns a new place
   */
  apply(operation: Operation, from: Place | undefined, shape: FeatureShape, block?: number): Place {
    const output = this.#newSlot(shape);
    this.#nodes.push({ kind: "apply", operation, ...this.#layer, input: from?.slot, output, block });
    return { slot: output, shape };
  }

  /**
   * The place of a sum, added up in the order of the list.
   *
   * @param places  of one shape, at least one
   * @returns a new place
   */
  add(places: readonly Place[]): Place {
    const { shape } = places[0]!;
    const output = this.#newSlot(shape);
    this.#nodes.push({ kind: "add", ...this.#layer, inputs: places.map(({ slot }) => slot), output });
    return { slot: output, shape };
  }

  /**
   * The tape of what was recorded.
   *
   * @param place  of the scores
   * @returns a tape without the steps that the scores do not depend on
   */
  finish(place: Place): Tape {
    return pruned({ input: this.input.shape, sizes: this.#sizes, blocks: this.#blocks, nodes: this.#nodes, output: place.slot });
  }

  #newSlot(shape: FeatureShape): number {
    this.#sizes.push(sizeOf(shape));
    return this.#sizes.length - 1;
  }
}

function shapeText({ rows, columns, trainable }: Pick<WeightBlock, "rows" | "columns" | "trainable">): string {
  return `${rows} x ${columns}${trainable ? "" : ", frozen,"}`;
}
