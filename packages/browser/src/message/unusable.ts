import { KernelLoadError } from "@steepest/core";

/** The error about a kernel binary that cannot be used. @param origin  its URL, or a description of the given source */
export function unusable(origin: string, what: string, details: { value?: unknown; cause?: unknown; hint: string }): KernelLoadError {
  return new KernelLoadError(`createEngine: ${origin} ${what}`, { path: origin, ...details });
}
