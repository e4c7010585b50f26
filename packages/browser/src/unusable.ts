import { KernelLoadError } from "@steepest/core";

/** @param origin  where the binary comes from: its URL, or what was given */
export function unusable(origin: string, what: string, details: { value?: unknown; cause?: unknown; hint: string }): KernelLoadError {
  return new KernelLoadError(`createEngine: ${origin} ${what}`, { path: origin, ...details });
}
