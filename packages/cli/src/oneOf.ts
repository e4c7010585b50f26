import { DefinitionError } from "@steepest/core";
import { didYouMean } from "@steepest/experiments";

/** Reads a word of the command line that must be one of `choices`. */
export function oneOf<T extends string>(path: string, choices: readonly T[]): (value: string) => T {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    throw DefinitionError.at(path, `must be one of ${choices.join(", ")}, got "${value}"`, { value, hint: didYouMean(value, choices) });
  };
}
