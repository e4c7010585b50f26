import { DataError } from "@steepest/core";
import { readDataFile } from "./dataFile.js";

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

const ubyte = 0x08;
const maxRank = 3;
const maxBytes = 2 ** 31 - 1;

/**
 * An IDX file of unsigned bytes with one to three dimensions: 00 00 08 rank, one big-endian uint32 per dimension, then exactly the values.
 * Source: http://yann.lecun.com/exdb/mnist, "the IDX file format".
 *
 * @param name  what messages call the bytes, usually their path
 * @returns     `values` shares the memory of `bytes`
 * @throws DataError  if the bytes are anything else, too short, or too long
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  if (bytes.length === 0) refuse(name, 0, "is empty, expected an IDX file", "download it again");
  if (bytes.length < 4) refuse(name, bytes.length, `has ${bytes.length} bytes, expected a 4-byte IDX magic number`, truncatedHint);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const rank = magic & 0xff;
  if (magic >>> 8 !== ubyte || rank < 1 || rank > maxRank) {
    refuse(name, magic, `starts with ${hex(magic)}, expected ${hex(0x803)} (images) or ${hex(0x801)} (labels)`, notIdxHint);
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
  if (bytes.length !== headerBytes + size) {
    const hint = bytes.length < headerBytes + size ? truncatedHint : "something was appended to it; download it again";
    refuse(name, bytes.length, `has ${bytes.length} bytes, expected ${headerBytes + size} for ${dimensions} values`, hint);
  }
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + headerBytes, size) };
}

/**
 * Images from an IDX file (magic 0x00000803), plain or gzipped.
 *
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readIdxImages(source: string | URL | Uint8Array): Promise<IdxImages> {
  const { shape, values } = await readIdx(source, 3, "images");
  const [count, rows, columns] = shape as [number, number, number];
  return { count, rows, columns, pixels: values };
}

/**
 * Labels from an IDX file (magic 0x00000801), plain or gzipped.
 *
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readIdxLabels(source: string | URL | Uint8Array): Promise<Uint8Array> {
  return (await readIdx(source, 1, "labels")).values;
}

async function readIdx(source: string | URL | Uint8Array, rank: number, what: string): Promise<IdxArray> {
  const { bytes, name } = await readDataFile(source);
  const array = parseIdx(bytes, name);
  if (array.shape.length !== rank) {
    const got = 0x800 + array.shape.length;
    refuse(name, got, `starts with ${hex(got)}, expected ${hex(0x800 + rank)} (${what})`, "are the image file and the label file swapped?");
  }
  return array;
}

const truncatedHint = "the file is truncated; download it again";
const notIdxHint = "expected an IDX file as on the MNIST page, plain or gzipped";

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}

function refuse(name: string, value: unknown, what: string, hint: string): never {
  throw new DataError(`${name}: ${what}`, { path: name, value, hint });
}
