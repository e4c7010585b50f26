import type { Norm } from "@steepest/core";
import { normOfProbe } from "./probe.js";

/** The norm of a probe, the one of a run that has its id where there is one; undefined for names without a norm. */
export function trackedOfProbe(name: string, track: readonly Norm[]): Norm | undefined {
  const norm = normOfProbe(name);
  return norm && (track.find(({ id }) => id === norm.id) ?? norm);
}
