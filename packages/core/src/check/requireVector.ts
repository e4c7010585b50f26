import { DefinitionError, DimensionError } from "../error/errors.js";

/**
 * @returns the numbers as f64: `x` itself if it is a Float64Array
 * @throws DefinitionError  if `x` is not a list of numbers
 * @throws DimensionError   if it has another length than `length`, where that is known
 */
export function requireVector(path: string, x: ArrayLike<number>, length?: number): Float64Array {
  const isList = (ArrayBuffer.isView(x) && !(x instanceof DataView)) || Array.isArray(x);
  const entries = isList ? Array.from<unknown>(x instanceof Float64Array ? [] : x) : [];
  const bad = entries.findIndex((entry) => typeof entry !== "number");
  if (!isList || bad >= 0) {
    const got = isList ? `${typeof entries[bad]} at index ${bad}` : x === null ? "null" : typeof x;
    throw DefinitionError.at(path, `must be a list of numbers, got ${got}`, { value: isList ? entries[bad] : x });
  }
  if (length !== undefined && x.length !== length) {
    throw DimensionError.at(path, `has length ${x.length}, expected ${length}`, { value: x.length });
  }
  return x instanceof Float64Array ? x : Float64Array.from(x);
}
