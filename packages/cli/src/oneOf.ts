import { DefinitionError } from "@steepest/core";
import { didYouMean } from "@steepest/experiments";
import { suggested } from "./completion/suggested.js";

/** Reads a word of the command line that must be one of `choices`, which shells offer. */
export function oneOf<T extends string>(path: string, choices: readonly T[]): (value: string) => T {
  return suggested(
    () => choices,
    (value) => {
      const found = choices.find((choice) => choice === value);
      if (found !== undefined) return found;
      throw DefinitionError.at(path, `must be one of ${choices.join(", ")}, got "${value}"`, { value, hint: didYouMean(value, choices) });
    },
  );
}
