import { requireNumber, requireText } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { nestingOf } from "./nesting.js";

/** The strings that stand for numbers: for those that JSON cannot hold, and in older files for -0. */
const specialNumbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/**
 * A number as JSON text: the shortest decimal that reads back as the same double; NaN, Infinity and -Infinity, which JSON cannot hold, as strings. -0 is
 * written -0.0, since readers with integers, Python's for one, take -0 for the integer 0.
 *
 * @param value  any double
 * @returns JSON text
 */
export function encodeNumber(value: number): string {
  requireNumber("value", value);
  return Object.is(value, -0) ? "-0.0" : Number.isFinite(value) ? String(value) : `"${value}"`;
}

/**
 * JSON with one text per value: keys sorted by UTF-16 code units, no white space, numbers by `encodeNumber`; keys whose value is undefined are left out.
 *
 * @param value  plain data: null, booleans, numbers, strings, arrays and plain objects of these
 * @returns the text; equal values have equal texts, in every program
 * @throws DefinitionError  on what would not read back as itself: functions, symbols, bigints, class instances, undefined in an array, a cycle,
 *                          a string that stands for a number, or more than 1000 levels
 */
export function canonicalJson(value: unknown): string {
  return encode(value, "$", []);
}

/** The number of levels that `canonicalJson` writes and `decodeJson` reads: far more than any file of ours has, far fewer than what exhausts a stack. */
const mostLevels = 1000;

/**
 * Reads what `canonicalJson` wrote, now or when -0 was a string.
 *
 * @param text  JSON
 * @returns plain data, with NaN, the infinities and -0 as numbers
 * @throws SyntaxError  if it is not JSON, or nested too deeply
 */
export function decodeJson(text: string): unknown {
  requireText("text", text);
  const levels = nestingOf(text);
  if (levels > mostLevels) throw new SyntaxError(`it is nested ${levels} levels deep, at most ${mostLevels} are read`);
  return JSON.parse(text, (_, value) =>
    typeof value === "string" && Object.hasOwn(specialNumbers, value) ? specialNumbers[value] : value,
  );
}

function encode(value: unknown, path: string, above: readonly object[]): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") {
    if (Object.hasOwn(specialNumbers, value)) refuse(path, value, `the string "${value}", which stands for a number`);
    return JSON.stringify(value);
  }
  if (typeof value !== "object") return refuse(path, value, typeof value);
  if (above.length >= mostLevels) return refuse(`${path.slice(0, 40)}...`, value, `nested deeper than ${mostLevels} levels`);
  if (above.includes(value)) return refuse(path, value, "a cycle");
  const within = [...above, value];
  if (Array.isArray(value)) return `[${Array.from(value, (entry, i) => encode(entry, `${path}[${i}]`, within)).join(",")}]`;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) refuse(path, value, `an instance of ${prototype.constructor?.name}`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${encode(member, `${path}.${key}`, within)}`);
  return `{${members.join(",")}}`;
}

function refuse(path: string, value: unknown, what: string): never {
  throw new DefinitionError(`canonicalJson: ${path} is ${what}, expected JSON data`, { path, value });
}
