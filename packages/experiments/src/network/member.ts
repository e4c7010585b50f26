import type { Network } from "@steepest/core";
import type { Choice } from "../definition/choice.js";

/** A network of definitions: its form `V` there, and the network of the core on the number of input columns, which comes from the data. */
export type NetworkMember<V> = Choice<V, (inputDim: number) => Network>;

/** A network of definitions whose type follows from its schema. */
export const networkMember = <V>(member: NetworkMember<V>): NetworkMember<V> => member;
