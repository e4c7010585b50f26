import { isHomogeneous, type NetworkOfDefinition } from "../network/isHomogeneous.js";
import { probeOf } from "./probe.js";

/**
 * The label of a probe in an experiment: margins of a network that is not homogeneous say so.
 *
 * @param name        a probe
 * @param definition  network and data set of the experiment
 * @returns "margin in ℓ∞", or "margin in ℓ∞ (degree of the limit)"; a name that is no probe's is its own label
 */
export function probeLabel(name: string, definition: NetworkOfDefinition): string {
  const label = probeOf(name)?.label ?? name;
  return isOfLimit(name, definition) ? `${label} (degree of the limit)` : label;
}

/**
 * The name of a probe in a table of an experiment, where labels have no room: with the mark that `homogeneityNote` explains below it.
 *
 * @param name        a probe
 * @param definition  network and data set of the experiment
 * @returns "margin.linf", or "margin.linf*"
 */
export function probeName(name: string, definition: NetworkOfDefinition): string {
  return isOfLimit(name, definition) ? `${name}*` : name;
}

function isOfLimit(name: string, definition: NetworkOfDefinition): boolean {
  return probeOf(name)?.isOfDegree === true && !isHomogeneous(definition);
}
