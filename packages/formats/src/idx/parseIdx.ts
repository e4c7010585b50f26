import { refuse } from "../check/refuse.js";

/** An array of unsigned bytes with its dimensions, outermost first. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const ubyte = 0x08;
/** The element types of the format. */
const elementTypes: Readonly<Record<number, string>> = {
  [ubyte]: "unsigned bytes",
  9: "signed bytes",
  11: "16-bit integers",
  12: "32-bit integers",
  13: "32-bit floating-point numbers",
  14: "64-bit floating-point numbers",
};
const maxRank = 3;
const maxBytes = 2 ** 31 - 1;

/** Bytes at the beginning of an IDX file that hold its length. */
export const idxHeaderBytes: number = 4 + 4 * maxRank;

/**
 * An IDX file of unsigned bytes with one to three dimensions: 00 00 08 rank, one big-endian uint32 per dimension, then exactly the values.
 * Source: http://yann.lecun.com/exdb/mnist, "the IDX file format".
 *
 * @param bytes  the file, unpacked
 * @param name   what messages call the bytes, usually their path
 * @returns shape and values, u8[n0][n1][n2] in row-major order; `values` shares the memory of `bytes`
 * @throws DataError  if the bytes are anything else, too short, or too long; IDX of other elements or dimensions is refused as what it is
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const { shape, headerBytes, size } = parseHeader(bytes, name);
  if (bytes.length !== headerBytes + size) {
    const hint = bytes.length < headerBytes + size ? truncatedHint : "something was appended to it; download it again";
    refuse(name, `has ${bytes.length} bytes, expected ${headerBytes + size} for ${shape.join(" x ")} values`, hint, bytes.length);
  }
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + headerBytes, size) };
}

/**
 * The length of an IDX file, from its beginning.
 *
 * @param head  the beginning, `idxHeaderBytes` or more
 * @param name  what messages call the file
 * @returns bytes of the whole file
 * @throws DataError  if it is no IDX file of unsigned bytes
 */
export function idxFileBytes(head: Uint8Array, name: string): number {
  const { headerBytes, size } = parseHeader(head, name);
  return headerBytes + size;
}

/** The element type and dimensions of an IDX file. @param bytes  the beginning of the file at least */
function parseHeader(bytes: Uint8Array, name: string): { readonly shape: number[]; readonly headerBytes: number; readonly size: number } {
  if (bytes.length === 0) refuse(name, "is empty, expected an IDX file", "download it again", 0);
  if (bytes.length < 4) refuse(name, `has ${bytes.length} bytes, expected a 4-byte IDX magic number`, truncatedHint, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const rank = magic & 0xff;
  const elements = elementTypes[magic >>> 8];
  if (elements === undefined || rank < 1) {
    refuse(name, `starts with ${hex(magic)}, expected ${hex(0x803)} (images) or ${hex(0x801)} (labels)`, notIdxHint, magic);
  }
  if (magic >>> 8 !== ubyte) {
    const hint = "only unsigned bytes are read, as on the MNIST page: convert the values to 0 ... 255";
    refuse(name, `is an IDX file of ${elements} (${hex(magic)}), expected unsigned bytes`, hint, magic);
  }
  if (rank > maxRank) {
    const hint = "images have three dimensions (count, rows, columns), labels one; an image of several channels is none of these";
    refuse(name, `is an IDX file of ${rank} dimensions (${hex(magic)}), expected at most ${maxRank}`, hint, magic);
  }
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes) {
    refuse(name, `has ${bytes.length} bytes, expected a header of ${headerBytes}`, truncatedHint, bytes.length);
  }
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  const dimensions = shape.join(" x ");
  if (size === 0) refuse(name, `declares ${dimensions} values, expected at least one`, notIdxHint, shape);
  if (size > maxBytes) refuse(name, `declares ${dimensions} values, expected at most ${maxBytes}`, "the header is corrupt", shape);
  return { shape, headerBytes, size };
}

/**
 * An IDX file that must hold images, or labels.
 *
 * @param bytes  the file, unpacked
 * @param name   what messages call it
 * @param holds  what it must hold: three dimensions or one
 * @returns as `parseIdx`
 * @throws DataError  also if it holds the other
 */
export function parseIdxOf(bytes: Uint8Array, name: string, holds: "images" | "labels"): IdxArray {
  const array = parseIdx(bytes, name);
  const rank = holds === "images" ? 3 : 1;
  if (array.shape.length === rank) return array;
  const got = 0x800 + array.shape.length;
  const what = `starts with ${hex(got)}, expected ${hex(0x800 + rank)} (${holds})`;
  return refuse(name, what, "are the image file and the label file swapped?", got);
}

const truncatedHint = "the file is truncated; download it again";
const notIdxHint = "expected an IDX file as on the MNIST page, plain or gzipped";

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}
