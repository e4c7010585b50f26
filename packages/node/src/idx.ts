import { createHash } from "node:crypto";
import { DataError } from "@steepest/core";
import { type Header, readDataFile } from "./dataFile.js";

/** An array of unsigned bytes with its dimensions, outermost first. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

export interface IdxImages {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** u8[count][rows][columns]. */
  readonly pixels: Uint8Array;
}

/** An IDX file of unsigned bytes. */
export interface IdxFile extends IdxArray {
  /** SHA-256 of the unpacked file, in hex. */
  readonly sha256: string;
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
    refuse(name, bytes.length, `has ${bytes.length} bytes, expected ${headerBytes + size} for ${shape.join(" x ")} values`, hint);
  }
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + headerBytes, size) };
}

/** The element type and dimensions of an IDX file. @param bytes  the beginning of the file at least */
function parseHeader(bytes: Uint8Array, name: string): { readonly shape: number[]; readonly headerBytes: number; readonly size: number } {
  if (bytes.length === 0) refuse(name, 0, "is empty, expected an IDX file", "download it again");
  if (bytes.length < 4) refuse(name, bytes.length, `has ${bytes.length} bytes, expected a 4-byte IDX magic number`, truncatedHint);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const rank = magic & 0xff;
  const elements = elementTypes[magic >>> 8];
  if (elements === undefined || rank < 1) {
    refuse(name, magic, `starts with ${hex(magic)}, expected ${hex(0x803)} (images) or ${hex(0x801)} (labels)`, notIdxHint);
  }
  if (magic >>> 8 !== ubyte) {
    const hint = "only unsigned bytes are read, as on the MNIST page: convert the values to 0 ... 255";
    refuse(name, magic, `is an IDX file of ${elements} (${hex(magic)}), expected unsigned bytes`, hint);
  }
  if (rank > maxRank) {
    const hint = "images have three dimensions (count, rows, columns), labels one; an image of several channels is none of these";
    refuse(name, magic, `is an IDX file of ${rank} dimensions (${hex(magic)}), expected at most ${maxRank}`, hint);
  }
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes) {
    refuse(name, bytes.length, `has ${bytes.length} bytes, expected a header of ${headerBytes}`, truncatedHint);
  }
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  const dimensions = shape.join(" x ");
  if (size === 0) refuse(name, shape, `declares ${dimensions} values, expected at least one`, notIdxHint);
  if (size > maxBytes) refuse(name, shape, `declares ${dimensions} values, expected at most ${maxBytes}`, "the header is corrupt");
  return { shape, headerBytes, size };
}

const header: Header = {
  length: 4 + 4 * maxRank,
  sizeOf(head, name) {
    const { headerBytes, size } = parseHeader(head, name);
    return headerBytes + size;
  },
};

/**
 * Images from an IDX file (magic 0x00000803), plain or gzipped.
 *
 * @param source  a path, a file URL, or the bytes
 * @returns u8[count][rows][columns] with its sizes
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readIdxImages(source: string | URL | Uint8Array): Promise<IdxImages> {
  const { shape, values } = (await readIdx(source, "images")).array;
  const [count, rows, columns] = shape as [number, number, number];
  return { count, rows, columns, pixels: values };
}

/**
 * Labels from an IDX file (magic 0x00000801), plain or gzipped.
 *
 * @param source  a path, a file URL, or the bytes
 * @returns u8[count]
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readIdxLabels(source: string | URL | Uint8Array): Promise<Uint8Array> {
  return (await readIdx(source, "labels")).array.values;
}

/**
 * An IDX file of unsigned bytes, plain or gzipped, with a hash of what it holds.
 *
 * @param holds  what it must hold: three dimensions or one
 * @param source  a path, a file URL, or the bytes
 * @returns dimensions, values and hash
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readIdxFile(source: string | URL | Uint8Array, holds: "images" | "labels"): Promise<IdxFile> {
  const { bytes, array } = await readIdx(source, holds);
  return { ...array, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function readIdx(
  source: string | URL | Uint8Array,
  holds: "images" | "labels",
): Promise<{ readonly bytes: Uint8Array; readonly array: IdxArray }> {
  const { bytes, name } = await readDataFile(source, header);
  const array = parseIdx(bytes, name);
  const rank = holds === "images" ? 3 : 1;
  if (array.shape.length !== rank) {
    const got = 0x800 + array.shape.length;
    refuse(
      name,
      got,
      `starts with ${hex(got)}, expected ${hex(0x800 + rank)} (${holds})`,
      "are the image file and the label file swapped?",
    );
  }
  return { bytes, array };
}

const truncatedHint = "the file is truncated; download it again";
const notIdxHint = "expected an IDX file as on the MNIST page, plain or gzipped";

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}

function refuse(name: string, value: unknown, what: string, hint: string): never {
  throw DataError.at(name, what, { value, hint });
}
