import type { Network } from "@steepest/core";
import type { ImageShape } from "../dataset/dataset.js";
import type { Choice } from "../definition/choice.js";

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
  /** true: samples that are images enter as images, so that their shape decides the scores. Default false. */
  readonly takesImages?: boolean;
}

/** A network of definitions whose type follows from its schema. */
export const networkMember = <V>(member: NetworkMember<V>): NetworkMember<V> => member;
