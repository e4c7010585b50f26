import type { Network } from "@steepest/core";
import type { ImageShape } from "../dataset/dataset.js";
import type { Choice } from "../definition/choice.js";
import type { ReadonlyTree } from "../definition/schema.js";

/** The ends of a network that come from the data. */
export interface NetworkEnds {
  /** Input columns. */
  readonly inputDim: number;
  /** The shape of images; absent: samples are vectors. */
  readonly image?: ImageShape | undefined;
  /** Scores per sample: 1 for labels -1 and +1, C for C classes, as many as targets. */
  readonly outputs: number;
}

/** A network of definitions: its form `V` there, and the network of the core between the ends that come from the data. */
export interface NetworkMember<V> extends Choice<V, (ends: NetworkEnds) => Network> {
  /**
   * A network of dense layers without biases in a Python program over PyTorch: the activation between two of them, of a name z, with the derivative from
   * below at a kink, as autograd has it. Absent: programs with the network are refused.
   *
   * @throws DefinitionError  if an option has no translation
   */
  pytorch?(choice: ReadonlyTree<NoInfer<V>>): (z: string) => string;
}

/** A network of definitions whose type follows from its schema. */
export const networkMember = <V>(member: NetworkMember<V>): NetworkMember<V> => member;
