import { Gunzip, Inflate } from "fflate";
import { refuse } from "../check/refuse.js";
import { crc32 } from "./crc32.js";

/** A deflated stream with what its surroundings promise of it. */
export interface Deflated {
  /** The stream, bare, or as a gzip file; behind the end of a bare one nothing is looked at. */
  readonly bytes: Uint8Array;
  readonly isGzip?: boolean;
  /** Length and CRC-32 of the unpacked bytes. */
  readonly size: number;
  readonly crc: number;
}

/** Deflate makes at most so many bytes of one. */
const mostTimes = 1032;

/** Compressed bytes that are unpacked before the length is looked at again. */
const pushed = 32_768;

const hint = "the file is truncated or corrupt, or something was appended to it; make or download it again";

/**
 * Unpacks a deflated stream. No more memory is taken than the stream can fill, and unpacking stops as soon as there is more than was promised.
 *
 * @param name     the name of the file, and of the member in it
 * @param stream   the stream, the length and the check sum that it must have
 * @param most     the most bytes that it may unpack to
 * @returns the unpacked bytes
 * @throws DataError  if it is not intact, or larger than it may be
 */
export function inflated(name: string, { bytes, isGzip = false, size, crc }: Deflated, most: number): Uint8Array {
  if (size > most) {
    refuse(name, `unpacks to ${size} bytes, at most ${most} are read`, "unpack it and split it, or leave out samples or columns", size);
  }
  if (size > mostTimes * bytes.length) {
    refuse(name, `promises ${size} bytes, more than ${bytes.length} compressed bytes can unpack to`, hint, size);
  }
  const unpacked = new Uint8Array(size);
  let length = 0;
  const take = (chunk: Uint8Array): void => {
    if (length + chunk.length > size) refuse(name, `unpacks to more than the ${size} bytes that it promises`, hint, size);
    unpacked.set(chunk, length);
    length += chunk.length;
  };
  const stream = isGzip ? new Gunzip(take) : new Inflate(take);
  for (let at = 0; at < bytes.length || at === 0; at += pushed) {
    push(name, stream, bytes.subarray(at, at + pushed), at + pushed >= bytes.length);
  }
  if (length !== size) refuse(name, `unpacks to ${length} bytes, it promises ${size}`, hint, length);
  const found = crc32(unpacked);
  if (found !== crc) refuse(name, `the unpacked bytes have the CRC-32 ${hex(found)}, it promises ${hex(crc)}`, hint, found);
  return unpacked;
}

function push(name: string, stream: Inflate | Gunzip, chunk: Uint8Array, isLast: boolean): void {
  try {
    stream.push(chunk, isLast);
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== "number") throw error; // fflate numbers its errors
    refuse(name, `is not intact: ${(error as Error).message}`, hint);
  }
}

const hex = (crc: number): string => crc.toString(16).padStart(8, "0");
