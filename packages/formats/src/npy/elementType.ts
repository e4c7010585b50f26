import { half } from "../check/half.js";
import { refuse } from "../check/refuse.js";

/** The number at a byte offset. */
type NumberReader = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

/** Readers of numbers, by the letter and the size in bytes that NumPy writes behind the byte order. */
const numberReaders: Readonly<Record<string, NumberReader>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  f2: (view, at, little) => half(view.getUint16(at, little)),
  i8: (view, at, little) => view.getBigInt64(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u8: (view, at, little) => view.getBigUint64(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};

/** The type of the elements of an array: numbers, or texts of a fixed length. */
export interface ElementType {
  /** As NumPy writes it: "<f8". */
  readonly descr: string;
  /** Bytes of an element. */
  readonly size: number;
  readonly littleEndian: boolean;
  /** Reads the number at a byte offset; absent for texts. */
  readonly number?: NumberReader;
  /** Reads the text at a byte offset; absent for numbers. */
  readonly text?: (bytes: Uint8Array, at: number) => string;
}

const known =
  "floats of 2, 4 or 8 bytes, integers of 1, 2, 4 or 8 bytes, booleans or texts; array.astype(float) makes numbers, array.astype(str) texts of labels";

/**
 * The element type that a header of NumPy names.
 *
 * @param name   the name of the file
 * @param descr  the literal behind 'descr', quotes included
 * @returns the type
 * @throws DataError  for objects, records, complex numbers and dates
 */
export function elementType(name: string, descr: string): ElementType {
  const [, order, kind, digits] = /^['"]([<>|=])([a-zA-Z])(\d{1,6})['"]$/.exec(descr) ?? [];
  const size = Number(digits);
  const littleEndian = order !== ">";
  const number = numberReaders[`${kind}${digits}`];
  if (number && Object.hasOwn(numberReaders, `${kind}${digits}`)) return { descr, size, littleEndian, number };
  if (kind === "U" && size > 0) return { descr, size: 4 * size, littleEndian, text: unicode(size, littleEndian) };
  if (kind === "S" && size > 0) return { descr, size, littleEndian, text: (bytes, at) => latin(bytes.subarray(at, at + size)) };
  if (kind === "O") {
    const hint = `an array of ${known}: objects are pickled, which is a program of Python and no data`;
    return refuse(name, "holds Python objects ('|O')", hint, descr);
  }
  return refuse(name, `the elements are of type ${descr.slice(0, 60)}`, known, descr);
}

/** A text of UTF-32 code points, filled up with zeros. */
function unicode(length: number, little: boolean): (bytes: Uint8Array, at: number) => string {
  return (bytes, at) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 4 * length);
    let text = "";
    for (let k = 0; k < length; k++) {
      const point = view.getUint32(4 * k, little);
      text += point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    }
    return text.replace(/\0+$/, "");
  };
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 4096)).replace(/\0+$/, "");
