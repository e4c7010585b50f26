import { DefinitionError } from "./errors.js";

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}

function refuse(path: string, expectation: string, value: unknown): never {
  throw new DefinitionError(`${path}: must be ${expectation}, got ${show(value)}`, { path, value });
}

/** The value. @throws DefinitionError  unless it is a finite number above 0 */
export function requirePositive(path: string, value: number): number {
  return typeof value === "number" && value > 0 && value < Infinity ? value : refuse(path, "finite and > 0", value);
}

/** The value. @throws DefinitionError  unless it is a finite number of at least 0 */
export function requireNonNegative(path: string, value: number): number {
  return typeof value === "number" && value >= 0 && value < Infinity ? value : refuse(path, "finite and >= 0", value);
}

/** The value. @throws DefinitionError  unless 0 <= value < 1 */
export function requireDecay(path: string, value: number): number {
  return typeof value === "number" && value >= 0 && value < 1 ? value : refuse(path, "in [0, 1)", value);
}

/** The value. @throws DefinitionError  unless it is an integer of at least `least` */
export function requireInteger(path: string, value: number, least: number): number {
  return Number.isSafeInteger(value) && value >= least ? value : refuse(path, `an integer >= ${least}`, value);
}

/** The value. @throws DefinitionError  unless it is one of `choices` */
export function requireOneOf<T extends string>(path: string, value: T, choices: readonly T[]): T {
  return choices.includes(value) ? value : refuse(path, `one of ${choices.join(", ")}`, value);
}

/** The value. @throws DefinitionError  unless it is true or false */
export function requireBoolean(path: string, value: boolean): boolean {
  return typeof value === "boolean" ? value : refuse(path, "true or false", value);
}

/** The value. @throws DefinitionError  unless 0 < value < 1 */
export function requireFraction(path: string, value: number): number {
  return typeof value === "number" && value > 0 && value < 1 ? value : refuse(path, "in (0, 1)", value);
}

/** The value. @throws DefinitionError  unless it is finite and above `least` */
export function requireAbove(path: string, value: number, least: number): number {
  return typeof value === "number" && value > least && value < Infinity ? value : refuse(path, `finite and > ${least}`, value);
}
