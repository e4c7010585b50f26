import { DefinitionError } from "@steepest/core";

/**
 * Refuses limits of a search that are none.
 *
 * @throws DefinitionError  unless the tolerance is in (0, 1) and iterations are a whole number, not negative
 */
export function requireLimits(tolerance: number, iterations: number): void {
  if (!(tolerance > 0 && tolerance < 1)) {
    throw DefinitionError.at("options.tolerance", `is ${tolerance}, expected a relative distance in (0, 1)`, { value: tolerance });
  }
  if (!(Number.isSafeInteger(iterations) && iterations >= 0)) {
    throw DefinitionError.at("options.iterations", `is ${iterations}, expected a whole number, not negative`, { value: iterations });
  }
}
