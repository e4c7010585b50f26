import { shown } from "@steepest/kernels";
import { DefinitionError, DimensionError } from "../error/errors.js";

/** Refuses the value at a path, with what was expected there. @throws DefinitionError  always */
export function refuse(path: string, expectation: string, value: unknown, hint?: string): never {
  throw DefinitionError.at(path, `must be ${expectation}, got ${shown(value)}`, { value, hint });
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

/** The value. @throws DefinitionError  unless it is an integer of at least 0, of any magnitude: an estimate may be past what can be counted */
export function requireSize(path: string, value: number): number {
  return Number.isInteger(value) && value >= 0 ? value : refuse(path, "an integer >= 0", value);
}

/** The value. @throws DefinitionError  unless it is an integer from 0 below 2³² */
export function requireWord(path: string, value: number): number {
  return Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32 ? value : refuse(path, "an integer in [0, 2^32)", value);
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

/** The value. @throws DefinitionError  unless it is a number; NaN and infinities are */
export function requireNumber(path: string, value: number): number {
  return typeof value === "number" ? value : refuse(path, "a number", value);
}

/** The value. @throws DefinitionError  unless it is a number that is not negative; NaN and Infinity are, as the norms of what diverged */
export function requireMagnitude(path: string, value: number): number {
  return typeof value === "number" && !(value < 0) ? value : refuse(path, "a number >= 0", value);
}

/** The value. @throws DefinitionError  unless it is a finite number */
export function requireFinite(path: string, value: number): number {
  return Number.isFinite(value) ? value : refuse(path, "finite", value);
}

/** The value. @throws DefinitionError  unless it is a text */
export function requireText(path: string, value: string): string {
  return typeof value === "string" ? value : refuse(path, "a text", value);
}

/** The value. @throws DefinitionError  unless it is a function */
export function requireFunction<T>(path: string, value: T): T {
  return typeof value === "function" ? value : refuse(path, "a function", value);
}

/** The value. @throws DefinitionError  unless it is an object, and no list */
export function requireObject<T extends object>(path: string, value: T): T {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : refuse(path, "an object", value);
}

/** The value. @throws DefinitionError  unless it is an array */
export function requireList<T>(path: string, value: readonly T[], ofWhat: string): readonly T[] {
  return Array.isArray(value) ? value : refuse(path, `a list of ${ofWhat}`, value);
}

/** The value. @throws DefinitionError  unless it is an array of numbers, or a typed one */
export function requireNumbers(path: string, value: ArrayLike<number>): ArrayLike<number> {
  const isArrayLike = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (!isArrayLike) refuse(path, "a list of numbers", value);
  for (let i = 0; i < value.length; i++) requireNumber(`${path}[${i}]`, value[i]!);
  return value;
}

/** The value. @throws DefinitionError  unless it is a Float64Array; of `length`, if that is given */
export function requireFloat64(path: string, value: Float64Array, length?: number): Float64Array {
  if (!(value instanceof Float64Array)) refuse(path, "a Float64Array", value, "Float64Array.from(values) makes one of a list");
  if (length === undefined || value.length === length) return value;
  throw DimensionError.at(path, `has length ${value.length}, expected ${length}`, { value: value.length });
}
