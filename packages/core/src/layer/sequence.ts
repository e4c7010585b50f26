import type { Activation } from "../activation/activation.js";
import { activation } from "../activation/choice.js";
import type { ActivationChoice } from "../activation/registry.js";
import { requireList } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { DefinitionError } from "../error/errors.js";
import { sizeOf } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import type { Place, Recorder } from "../tape/recorder.js";
import { type Layer, type LayerEntry, layerPart } from "./layer.js";

/** An activation as an operation on samples of `size` entries. */
function activationOperation(act: Activation, size: number): Operation {
  return {
    degree: act.degree,
    ...(act.pytorch && { pytorch: act.pytorch }),
    ...(act.limit && { limit: activationOperation(act.limit, size) }),
    isEntrywise: true,
    ...(act.kink && { kink: act.kink }),
    mayOverwrite: act.isGatedByOutput ?? false,
    isMajorized: act.isMajorized ?? false,
    scratch: () => ({ bytes: 0 }),
    bind: (kernels) => ({
      forward: (x, _w, z, n) => act.forward(kernels, x, z, n * size),
      inputGradient: ({ x, dz, dx }, n) => act.backward(kernels, x, dz, dx, n * size),
    }),
  };
}

/** The layer of an activation. */
function activationLayer(choice: ActivationChoice): Layer {
  const act = activation(choice);
  return {
    kind: typeof choice === "string" ? choice : Object.keys(choice)[0]!,
    record: (recorder, input) => recorder.apply(activationOperation(act, sizeOf(input.shape)), input, input.shape),
  };
}

/**
 * The layers of a list, activations among them made layers.
 *
 * @param path  of the list, for messages
 * @throws DefinitionError  if an entry is neither a layer nor a choice of an activation
 */
export function layersOf(path: string, entries: readonly LayerEntry[]): Layer[] {
  return requireList(path, entries, "layers").map((entry, i) => {
    if (typeof entry === "object" && entry !== null && "record" in entry) return requirePart(`${path}[${i}]`, entry, layerPart);
    if (typeof entry === "function") requirePart(`${path}[${i}]`, entry as never, layerPart);
    return inPlace(`${path}[${i}]`, () => activationLayer(entry));
  });
}

/** The result of a function, whose error about an activation names the place of the entry instead. */
function inPlace<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DefinitionError) || !/^activation\b/.test(error.path ?? "")) throw error;
    const [message, path] = [error.message, error.path!].map((text) => text.replace(/^activation\b/, place)) as [string, string];
    throw new DefinitionError(message, { path, value: error.value, ...(error.hint !== undefined && { hint: error.hint }) });
  }
}

/** The place after layers, one after another. @param path  of the list, for messages */
export function recordAll(path: string, layers: readonly Layer[], recorder: Recorder, input: Place): Place {
  return layers.reduce((place, layer, i) => {
    const here = `${path}[${i}]`;
    return recorder.within(layer.kind, here, () => layer.record(recorder, place, here));
  }, input);
}
