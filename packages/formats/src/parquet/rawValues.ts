import type { DecodedArray, SchemaElement } from "hyparquet";
import { half } from "../check/half.js";
import { refuse } from "../check/refuse.js";
import type { ColumnKind } from "../table/fileTable.js";

/** A way to read the raw values of a column. */
export interface ValueKind {
  readonly kind: ColumnKind;
  /** The number that a raw value stands for; NaN where no double is equal to it. */
  readonly number?: (raw: unknown) => number;
  /** A raw value in words; absent: as it is. */
  readonly text?: (raw: unknown) => string;
}

/** Converted types that are moments or spans of time. */
const times = /^(DATE|TIME|TIMESTAMP|INTERVAL)/;

/**
 * The meaning of the raw values of a column.
 *
 * @param element  the column in the schema
 * @returns its kind; undefined for what is neither a number nor a text
 */
export function valueKind({ type, converted_type, logical_type: logical, scale = 0 }: SchemaElement): ValueKind | undefined {
  const converted: string = converted_type ?? "";
  const named = logical?.type ?? converted;
  if (named === "NULL" || times.test(named) || times.test(converted)) return undefined;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") {
    const digits = logical?.type === "DECIMAL" ? (logical.scale ?? scale) : scale;
    return { kind: "numbers", number: (raw) => Number(`${typeof raw === "object" ? signed(raw as Uint8Array) : String(raw)}e-${digits}`) };
  }
  const isUnsigned = converted.startsWith("UINT") || (logical?.type === "INTEGER" && !logical.isSigned);
  if (type === "BOOLEAN") return { kind: "numbers", number: Number };
  if (type === "INT32") return { kind: "numbers", number: isUnsigned ? (raw) => (raw as number) >>> 0 : Number };
  if (type === "INT64") {
    const integer = (raw: unknown): bigint => (isUnsigned ? BigInt.asUintN(64, raw as bigint) : (raw as bigint));
    return { kind: "numbers", number: (raw) => exact(integer(raw)), text: (raw) => String(integer(raw)) };
  }
  if (type === "FLOAT" || type === "DOUBLE") return { kind: "numbers", number: Number };
  if (type === "FIXED_LEN_BYTE_ARRAY" && named === "FLOAT16") {
    return { kind: "numbers", number: (raw) => half((raw as Uint8Array)[0]! + 256 * (raw as Uint8Array)[1]!) };
  }
  return type === "BYTE_ARRAY" && named !== "BSON" ? { kind: "texts" } : undefined;
}

/** The double that is equal to an integer; NaN if there is none. */
function exact(value: bigint): number {
  const number = Number(value);
  return BigInt(number) === value ? number : Number.NaN;
}

/** A big-endian integer in two's complement. */
function signed(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

/** The place of a row for messages, and what the file is called. */
export interface Place {
  readonly name: string;
  placeOf(row: number): string;
  /** A raw value in words; absent: as it is. */
  text?(raw: unknown): string;
  /** false for a row whose number is not wanted; absent: all are. */
  isRead?(row: number): boolean;
}

/**
 * Tells raw values that are missing.
 *
 * @param raw  of a page
 * @returns true for none, and for a double that is no number
 */
export const isMissing = (raw: unknown): boolean => raw === undefined || raw === null || Number.isNaN(raw);

/**
 * The numbers of a page.
 *
 * @param page    raw values, undefined where one is missing
 * @param number  reads one
 * @param into    f64, which they are written to
 * @param start   row of the first of them
 * @param place   for messages
 * @throws DataError  naming the row, of those that are read, of a value that is missing or that is no finite double
 */
export function readNumbers(
  page: DecodedArray,
  number: (raw: unknown) => number,
  into: Float64Array,
  start: number,
  { name, placeOf, text = String, isRead = () => true }: Place,
): void {
  for (let k = 0; k < page.length; k++) {
    const raw: unknown = page[k];
    const value = raw === undefined || raw === null ? Number.NaN : number(raw);
    if (!Number.isFinite(value) && isRead(start + k)) {
      const shown = raw === undefined || raw === null ? "holds no value" : `holds ${text(raw)}`;
      refuse(name, `${placeOf(start + k)} ${shown}`, "finite numbers that a double can hold, in every row", raw);
    }
    into[start + k] = value;
  }
}
