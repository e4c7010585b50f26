import type { Layer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";

/** A layer of definitions: its form `V` there, and the layer of the core. */
export type LayerMember<V> = Choice<V, Layer>;

/** A layer of definitions whose type follows from its schema. */
export const layerMember = <V>(member: LayerMember<V>): LayerMember<V> => member;
