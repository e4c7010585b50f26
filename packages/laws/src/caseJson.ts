/** Cases as JSON and back: vectors as `{"f64": [...]}`, numbers that JSON cannot hold (NaN, the infinities, -0) as strings within. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function encodeNumber(x: number): Json {
  if (Object.is(x, -0)) return { number: "-0" };
  return Number.isFinite(x) ? x : { number: String(x) };
}

function encode(value: unknown): Json {
  if (typeof value === "number") return encodeNumber(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (value instanceof Float64Array) return { f64: Array.from(value, encodeNumber) };
  if (Array.isArray(value)) return value.map(encode);
  return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, encode(member)]));
}

function decode(json: Json): unknown {
  if (json === null || typeof json !== "object") return json;
  if (Array.isArray(json)) return json.map(decode);
  const { f64, number } = json as { f64?: Json[]; number?: Json };
  if (Array.isArray(f64)) return Float64Array.from(f64, (x) => decode(x) as number);
  if (typeof number === "string") return Number(number);
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [key, decode(member)]));
}

/**
 * A case as JSON, which keeps every bit of its numbers but the payload of NaN.
 *
 * @param sample  numbers, vectors, texts, and arrays and objects of these
 * @returns JSON
 */
export function caseToJson(sample: unknown): string {
  return JSON.stringify(encode(sample));
}

/**
 * A case from the JSON of a report.
 *
 * @param json  from `caseToJson`
 * @returns the case, with its vectors as Float64Array
 */
export function caseFromJson(json: string): unknown {
  return decode(JSON.parse(json) as Json);
}
