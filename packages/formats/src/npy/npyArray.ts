import { requireBytes } from "../check/bound.js";
import { quoted } from "../check/number.js";
import { refuse } from "../check/refuse.js";
import type { ColumnKind, ColumnValues, ImageShape } from "../table/fileTable.js";
import { allRows } from "../table/rows.js";
import { type NpyHeader, npyHeader } from "./header.js";

/** An array of NumPy as rows: its first dimension counts the samples, the others, in C order, their coordinates. */
export interface NpyArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly kind: ColumnKind;
  /** The shape of a sample of three or four dimensions; absent: the array has one or two. */
  readonly image?: ImageShape;
  /** The columns as numbers; see `FileTable`. */
  numbers(columns: readonly number[], rows?: readonly number[]): Float64Array;
  /** A column as numbers or texts; see `FileTable`. */
  values(column: number, rows?: readonly number[]): ColumnValues;
  /** Flags the rows that lack a value in a column. @param flags  a number per row, set to 1 there */
  flagIncomplete(column: number, flags: Uint8Array): void;
}

/**
 * An array as `numpy.save` writes it, in either byte order, in C or Fortran order.
 *
 * @param name   the name of the file
 * @param bytes  the file; the result reads from it
 * @param most   the most bytes that its numbers may take as doubles
 * @returns the array as rows
 * @throws DataError
 */
export function npyArray(name: string, bytes: Uint8Array, most: number): NpyArray {
  const header = npyHeader(name, bytes);
  const { type, shape, size, start } = header;
  if (shape.length === 0) refuse(name, "holds a single element", "an array with one row per sample");
  const rows = shape[0]!;
  const columns = shape.slice(1).reduce((product, length) => product * length, 1);
  const image = imageOf(name, shape);
  if (type.number) requireBytes(name, 8 * size, most, `${shape.join(" x ")} numbers`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { rowStride, columnPlaces } = stridesOf(header, columns);
  const startOf = (row: number, column: number): number => start + (row * rowStride + columnPlaces(column)) * type.size;
  const placeOf = (row: number, column: number): string => {
    return `row ${row}, column ${column} (counted from 0; byte ${startOf(row, column)})`;
  };
  const numbers = (wanted: readonly number[], chosen: readonly number[] = allRows(rows)): Float64Array => {
    const { number, littleEndian, size: itemSize } = type;
    if (!number) return refuse(name, `holds texts of type ${type.descr}`, "numbers: array.astype(float)");
    const offsets = Float64Array.from(wanted, (column) => start + columnPlaces(column) * itemSize);
    const values = new Float64Array(chosen.length * wanted.length);
    let next = 0;
    for (const row of chosen) {
      const at = row * rowStride * itemSize;
      for (let k = 0; k < offsets.length; k++) {
        const value = number(view, at + offsets[k]!, littleEndian);
        const exact = Number(value);
        const isExact = typeof value === "bigint" ? BigInt(exact) === value : Number.isFinite(exact);
        if (!isExact) refuse(name, `${placeOf(row, wanted[k]!)} holds ${value}`, "finite numbers that a double can hold", value);
        values[next++] = exact;
      }
    }
    return values;
  };
  const texts = (column: number, chosen: readonly number[] = allRows(rows)): readonly string[] => {
    const read: string[] = [];
    for (const row of chosen) {
      const text = type.text!(bytes, startOf(row, column));
      if (text === "") refuse(name, `${placeOf(row, column)} holds ${quoted(text)}`, "a text in every row");
      read.push(text);
    }
    return read;
  };
  return {
    name,
    shape,
    rows,
    columns,
    kind: type.number ? "numbers" : "texts",
    ...(image && { image }),
    numbers,
    values: (column, chosen) => (type.number ? numbers([column], chosen) : texts(column, chosen)),
    flagIncomplete: (column, flags) => {
      for (let row = 0; row < rows; row++) {
        const at = startOf(row, column);
        const isLacking = type.number ? Number.isNaN(Number(type.number(view, at, type.littleEndian))) : type.text!(bytes, at) === "";
        if (isLacking) flags[row] = 1;
      }
    },
  };
}

/** Places of elements: the distance of rows, and the place of a column within the first row, which is in C order among the coordinates of a sample. */
function stridesOf(
  { isFortran, shape }: NpyHeader,
  columns: number,
): { readonly rowStride: number; readonly columnPlaces: (column: number) => number } {
  if (!isFortran) return { rowStride: columns, columnPlaces: (column) => column };
  const columnPlaces = (column: number): number => {
    let rest = column;
    let place = 0;
    let stride = shape.reduce((product, length) => product * length, 1);
    for (const length of shape.slice(1).reverse()) {
      stride /= length;
      place += (rest % length) * stride;
      rest = Math.floor(rest / length);
    }
    return place;
  };
  return { rowStride: 1, columnPlaces };
}

/** The shape of an image, of an array of images. */
function imageOf(name: string, shape: readonly number[]): ImageShape | undefined {
  const [, first, second, third] = shape;
  if (shape.length <= 2) return undefined;
  if (shape.length === 3) return { channels: 1, height: first!, width: second! };
  if (shape.length > 4) return refuse(name, `has ${shape.length} dimensions`, "at most 4: samples, channels, height, width", shape);
  const isLast = first! > 4 && (third === 1 || third === 3 || third === 4);
  if (isLast) {
    const hint = "channels before height and width: array.transpose(0, 3, 1, 2)";
    return refuse(name, `has the shape ${shape.join(" x ")}, with its channels last`, hint, shape);
  }
  return { channels: first!, height: second!, width: third! };
}
