import { Gunzip } from "fflate";
import { requireBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import { inflated } from "./inflate.js";

const hint = "the file is truncated or corrupt; make or download it again";
const trailerBytes = 8;
/** Compressed bytes that are unpacked before the length is looked at again. */
const pushed = 32_768;

/**
 * Unpacks a gzip file, of one member or several one after the other, as bgzip and `cat` make them.
 * Source: RFC 1952, section 2.2.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that it may unpack to
 * @returns the unpacked bytes
 * @throws DataError  if it is not intact, larger than it may be, or something stands behind its end
 */
export function gunzip(name: string, bytes: Uint8Array, most: number): Uint8Array {
  const starts = memberStarts(name, bytes, most);
  if (starts.length === 1) return unpackedMember(name, bytes, most);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const [k, start] of starts.entries()) {
    const part = unpackedMember(name, bytes.subarray(start, starts[k + 1]), most - length);
    length += part.length;
    parts.push(part);
  }
  const unpacked = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    unpacked.set(part, at);
    at += part.length;
  }
  return unpacked;
}

/**
 * The offsets at which members begin: 0, and what looks like a header wherever unpacking the member before ends there.
 *
 * @throws DataError  if they unpack to more than is allowed
 */
function memberStarts(name: string, bytes: Uint8Array, most: number): readonly number[] {
  if (!looksSevered(bytes)) return [0];
  const starts = [0];
  let length = 0;
  const stream = new Gunzip((chunk) => {
    length += chunk.length;
    requireBytes(name, length, most, "its members");
  });
  stream.onmember = (start) => starts.push(start); // of each but the first
  try {
    for (let at = 0; at < bytes.length; at += pushed) stream.push(bytes.subarray(at, at + pushed), at + pushed >= bytes.length);
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== "number") throw error; // fflate numbers its errors
    return [0]; // what is wrong is told where the members are unpacked
  }
  return starts;
}

/** True if a further header of gzip may stand in a file. */
function looksSevered(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1f, 1); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8) return true;
  }
  return false;
}

function unpackedMember(name: string, bytes: Uint8Array, most: number): Uint8Array {
  const start = headerEnd(name, bytes);
  const end = bytes.length - trailerBytes;
  if (end < start) refuse(name, `ends at byte ${bytes.length}, within its header or trailer`, hint, bytes.length);
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, trailerBytes);
  const stream = { bytes, isGzip: true, crc: trailer.getUint32(0, true), size: trailer.getUint32(4, true) };
  return inflated(name, stream, most);
}

/** Flags of a gzip header. */
const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 224 };

/** The byte offset of the deflated stream. */
function headerEnd(name: string, bytes: Uint8Array): number {
  const flag = bytes[3] ?? 0;
  if (bytes[2] !== 8)
    refuse(name, `byte 2: the compression method ${bytes[2] ?? "missing"} of gzip`, "gzip with deflate, method 8", bytes[2]);
  if (flag & flags.reserved) refuse(name, `byte 3: the flags ${flag} of gzip, of which some mean nothing`, hint, flag);
  let at = 10;
  if (flag & flags.extra) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const bit of [flags.name, flags.comment]) {
    if (!(flag & bit)) continue;
    while (at < bytes.length && bytes[at] !== 0) at++;
    at++;
  }
  return flag & flags.headerCrc ? at + 2 : at;
}
