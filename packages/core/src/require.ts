import { DefinitionError } from "./errors.js";

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}

function refuse(path: string, expectation: string, value: unknown): never {
  throw new DefinitionError(`${path}: must be ${expectation}, got ${show(value)}`, { path, value });
}

/** @throws DefinitionError unless `value` is a finite number above 0 */
export function requirePositive(path: string, value: number): number {
  return typeof value === "number" && value > 0 && value < Infinity ? value : refuse(path, "finite and > 0", value);
}

/** @throws DefinitionError unless `value` is a finite number of at least 0 */
export function requireNonNegative(path: string, value: number): number {
  return typeof value === "number" && value >= 0 && value < Infinity ? value : refuse(path, "finite and >= 0", value);
}

/** @throws DefinitionError unless 0 <= value < 1 */
export function requireDecay(path: string, value: number): number {
  return typeof value === "number" && value >= 0 && value < 1 ? value : refuse(path, "in [0, 1)", value);
}

/** @throws DefinitionError unless `value` is an integer of at least `least` */
export function requireInteger(path: string, value: number, least: number): number {
  return Number.isSafeInteger(value) && value >= least ? value : refuse(path, `an integer >= ${least}`, value);
}

/** @throws DefinitionError unless `value` is one of `choices` */
export function requireOneOf<T extends string>(path: string, value: T, choices: readonly T[]): T {
  return choices.includes(value) ? value : refuse(path, `one of ${choices.join(", ")}`, value);
}

/** @throws DefinitionError unless `value` is true or false */
export function requireBoolean(path: string, value: boolean): boolean {
  return typeof value === "boolean" ? value : refuse(path, "true or false", value);
}

/** @throws DefinitionError unless 0 < value < 1 */
export function requireFraction(path: string, value: number): number {
  return typeof value === "number" && value > 0 && value < 1 ? value : refuse(path, "in (0, 1)", value);
}

/** @throws DefinitionError unless 1 < value < infinity */
export function requireExponent(path: string, value: number): number {
  return typeof value === "number" && value > 1 && value < Infinity ? value : refuse(path, "finite and > 1", value);
}
