import { createHash } from "node:crypto";
import { type IdxArray, idxFileBytes, idxHeaderBytes, parseIdx, parseIdxOf } from "@steepest/formats/binary";
import { type Header, readDataFile } from "./dataFile.js";

export { type IdxArray, parseIdx };

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

const header: Header = { length: idxHeaderBytes, sizeOf: idxFileBytes };

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
  return { bytes, array: parseIdxOf(bytes, name, holds) };
}
