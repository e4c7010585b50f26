import { isHomogeneous, type NetworkOfDefinition } from "../network/isHomogeneous.js";
import { probeOf } from "./probe.js";

const ofLimit = "(degree of the limit)";

/**
 * The label of a probe in an experiment: margins of a network that is not homogeneous say so.
 *
 * @param name        a probe
 * @param definition  network and data set of the experiment
 * @returns "margin in ℓ∞", or "margin in ℓ∞ (degree of the limit)"; a name that is no probe's is its own label
 */
export function probeLabel(name: string, definition: NetworkOfDefinition): string {
  return marked(name, probeOf(name)?.label ?? name, definition);
}

/**
 * The name of a probe in tables of an experiment, with the mark that its label has.
 *
 * @param name        a probe
 * @param definition  network and data set of the experiment
 * @returns "margin.linf", or "margin.linf (degree of the limit)"
 */
export function probeName(name: string, definition: NetworkOfDefinition): string {
  return marked(name, name, definition);
}

function marked(name: string, text: string, definition: NetworkOfDefinition): string {
  return probeOf(name)?.isOfDegree && !isHomogeneous(definition) ? `${text} ${ofLimit}` : text;
}
