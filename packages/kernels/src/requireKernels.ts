import type { KernelFactory, Kernels } from "./abi.js";
import { DefinitionError } from "./errors.js";
import { shown } from "./shown.js";

const hint = "pass what loadKernels() gives, or engine.kernels of an engine";

/**
 * Refuses what is no factory of kernels.
 *
 * @param path     name of the value, first words of the message
 * @param factory  what `loadKernels` gives
 * @returns the factory
 * @throws DefinitionError  unless it is one
 */
export function requireFactory(path: string, factory: KernelFactory): KernelFactory {
  if (typeof factory === "function") return factory;
  throw new DefinitionError(`${path}: must be a factory of kernels, got ${shown(factory)}`, { path, value: factory, hint });
}

/**
 * Refuses what are no kernels with their memory.
 *
 * @param path     name of the value, first words of the message
 * @param kernels  what a factory gives
 * @returns the kernels
 * @throws DefinitionError  unless they are kernels
 */
export function requireKernels(path: string, kernels: Kernels): Kernels {
  if (typeof kernels?.arenaBase === "number" && typeof kernels.buffer?.byteLength === "number") return kernels;
  throw new DefinitionError(`${path}: must be kernels with their memory, got ${shown(kernels)}`, {
    path,
    value: kernels,
    hint: `${hint}, called with a number of bytes`,
  });
}

/**
 * Kernels with a memory of their own.
 *
 * @param path        name of the factory, first words of messages
 * @param factory     what `loadKernels` gives
 * @param byteLength  smallest size of the memory, in bytes
 * @returns the kernels
 * @throws DefinitionError  unless the factory is one, and gives kernels
 */
export function kernelsFrom(path: string, factory: KernelFactory, byteLength: number): Kernels {
  return requireKernels(path, requireFactory(path, factory)(byteLength));
}
