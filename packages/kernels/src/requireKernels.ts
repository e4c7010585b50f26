import type { KernelFactory, Kernels } from "./abi.js";
import { DefinitionError } from "./errors.js";
import { shown } from "./shown.js";

const hint = "pass what loadKernels() gives, or engine.kernels of an engine";

/** @throws DefinitionError  unless it is a factory of kernels */
export function requireFactory(path: string, factory: KernelFactory): KernelFactory {
  if (typeof factory === "function") return factory;
  throw new DefinitionError(`${path}: must be a factory of kernels, got ${shown(factory)}`, { path, value: factory, hint });
}

/** @throws DefinitionError  unless they are kernels, with their memory */
export function requireKernels(path: string, kernels: Kernels): Kernels {
  if (typeof kernels?.arenaBase === "number" && typeof kernels.buffer?.byteLength === "number") return kernels;
  throw new DefinitionError(`${path}: must be kernels with their memory, got ${shown(kernels)}`, {
    path,
    value: kernels,
    hint: `${hint}, called with a number of bytes`,
  });
}

/** Kernels with a memory of at least `byteLength`. @throws DefinitionError  unless the factory is one, and gives kernels */
export function kernelsFrom(path: string, factory: KernelFactory, byteLength: number): Kernels {
  return requireKernels(path, requireFactory(path, factory)(byteLength));
}
