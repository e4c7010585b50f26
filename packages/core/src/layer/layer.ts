import type { ActivationChoice } from "../activation/registry.js";
import type { PartKind } from "../check/requirePart.js";
import type { Member } from "../recipe/member.js";
import type { Place, Recorder } from "../tape/recorder.js";

/** A layer, as a description: it records what it does at a place of a network. */
export interface Layer {
  readonly kind: string;
  /**
   * The place after the layer.
   *
   * @param path  of the layer, for messages: "layers[2]"
   * @throws DefinitionError  if features of this shape cannot enter it
   */
  record(recorder: Recorder, input: Place, path: string): Place;
}

/** An entry of a list of layers: a layer, or an activation by its choice. */
export type LayerEntry = Layer | ActivationChoice;

/** The kind of layers. */
export const layerPart: PartKind<Layer> = {
  what: 'a layer such as dense({ units: 8 }) makes, or an activation such as "relu"',
  hint: "layers are made by factories: dense, conv2d, maxPool and others",
  functions: ["record"],
};

/** A layer in the registry. */
export interface LayerMember extends Member<Layer> {
  /** Calls of the factory by name, for tests of every layer: homogeneous layers that images of 2 channels, 4 x 4, fit. */
  examples(): Readonly<Record<string, Layer>>;
}
