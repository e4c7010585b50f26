import { armNames } from "./definition.js";
import { fieldLabel, isAbout } from "./fieldPath.js";
import { checkSetup, LinkError } from "./link.js";
import type { RaceSetup } from "./raceSetup.js";

interface Fault {
  readonly message: string;
  readonly path?: string | undefined;
}

/** A fault with the name of the field in the place of its path. */
export function inWordsOfThePage<T extends Fault>(fault: T, setup: RaceSetup): T {
  const { message, path } = fault;
  const label = path && fieldLabel(path, armNames(setup.arms));
  return label ? { ...fault, message: message.replace(`${path}: `, `${label}: `) } : fault;
}

function faultOf(setup: RaceSetup): Fault | undefined {
  try {
    checkSetup(setup);
    return undefined;
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return { message: error.message, path: error.path };
  }
}

/** Reason why no race is possible with a setup, in words of the page; undefined if a link to the setup can be opened. */
export function setupFault(setup: RaceSetup): string | undefined {
  const fault = faultOf(setup);
  return fault && inWordsOfThePage(fault, setup).message;
}

/**
 * Reason why a field may not make the second setup of the first; undefined if it may, as it may if the first was not possible either, for a reason that is not
 * the field's.
 *
 * @param field  its path in the setup, which the reason does not repeat
 */
export function changeFault(before: RaceSetup, after: RaceSetup, field: string): string | undefined {
  const fault = faultOf(after);
  if (!fault) return undefined;
  if (fault.path !== undefined && isAbout(fault.path, field)) return fault.message.replace(`${fault.path}: `, "");
  return faultOf(before) ? undefined : inWordsOfThePage(fault, after).message;
}
