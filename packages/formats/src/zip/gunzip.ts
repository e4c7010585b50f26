import { refuse } from "../check/refuse.js";
import { inflated } from "./inflate.js";

const hint = "the file is truncated or corrupt; make or download it again";
const trailerBytes = 8;

/**
 * Unpacks a gzip file of one member.
 * Source: RFC 1952.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param most   the most bytes that it may unpack to
 * @returns the unpacked bytes
 * @throws DataError  if it is not intact, larger than it may be, or something stands behind its end
 */
export function gunzip(name: string, bytes: Uint8Array, most: number): Uint8Array {
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
