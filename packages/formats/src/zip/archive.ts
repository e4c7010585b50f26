import { refuse } from "../check/refuse.js";
import { crc32 } from "./crc32.js";
import { inflated } from "./inflate.js";

/** A file in an archive. */
export interface Member {
  readonly name: string;
  /** Length of its content. */
  readonly size: number;
  /**
   * Unpacks it.
   *
   * @param most  the most bytes that it may have
   * @returns its content
   * @throws DataError  if it is not intact, or larger
   */
  read(most: number): Uint8Array;
}

const hint = "the archive is truncated or corrupt; make or download it again";
const signature = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 };
const methods = { stored: 0, deflated: 8 };
const in64 = 0xffffffff;

/**
 * The members of a zip archive, from its central directory. Nothing is unpacked before a member is read.
 * Source: PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12 to 4.3.16 and 4.5.3.
 *
 * @param name   the name of the archive
 * @param bytes  the archive; the members read from it
 * @returns its members in the order of the directory
 * @throws DataError  if the directory is not intact, or a member is encrypted or of another compression
 */
export function members(name: string, bytes: Uint8Array): Member[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end } = directoryOf(name, view);
  const found: Member[] = [];
  let at = start;
  for (let k = 0; k < count; k++) {
    if (at + 46 > end || view.getUint32(at, true) !== signature.entry)
      refuse(name, `byte ${at}: no entry of the directory begins here`, hint, at);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > end) refuse(name, `byte ${at}: an entry of the directory goes on behind its end`, hint, at);
    found.push(memberAt(name, bytes, view, { at, nameLength, extraLength }));
    at = next;
  }
  return found;
}

interface Directory {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/** The place of the central directory, from the record at the end of the archive. */
function directoryOf(name: string, view: DataView): Directory {
  const size = view.byteLength;
  let at = size - 22;
  const least = Math.max(0, at - 65_535);
  while (at >= least && view.getUint32(at, true) !== signature.end) at--;
  if (at < least) return refuse(name, `has no end of a zip directory in its ${size} bytes`, hint, size);
  let [count, length, start] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  const locator = at - 20;
  if ((count === 0xffff || length === in64 || start === in64) && locator >= 0 && view.getUint32(locator, true) === signature.locator64) {
    const record = wide(name, view, locator + 8);
    if (record + 56 > size || view.getUint32(record, true) !== signature.end64)
      refuse(name, `byte ${record}: no zip64 record begins here`, hint, record);
    [count, length, start] = [wide(name, view, record + 32), wide(name, view, record + 40), wide(name, view, record + 48)];
  }
  if (start + length > at || 46 * count > length) {
    refuse(name, `byte ${at}: ${count} members in a directory of ${length} bytes from byte ${start} on do not fit into the file`, hint, at);
  }
  return { count, start, end: start + length };
}

/** A 64-bit integer that is an offset or a length. */
function wide(name: string, view: DataView, at: number): number {
  if (at + 8 > view.byteLength) refuse(name, `ends at byte ${view.byteLength}, within a number`, hint, view.byteLength);
  const value = view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true);
  return value <= Number.MAX_SAFE_INTEGER ? value : refuse(name, `byte ${at}: a length beyond 2^53`, hint, value);
}

function memberAt(
  archive: string,
  bytes: Uint8Array,
  view: DataView,
  { at, nameLength, extraLength }: { readonly at: number; readonly nameLength: number; readonly extraLength: number },
): Member {
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
  const called = `${archive}/${name.slice(0, 80)}`;
  const [flag, method, crc] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 16, true)];
  const extra = at + 46 + nameLength;
  const [size, packed, local] = sizesAt(called, view, at, [extra, extra + extraLength]);
  const read = (most: number): Uint8Array => {
    if (flag & 1) refuse(called, "is encrypted", "an archive without a password");
    if (local + 30 > bytes.length || view.getUint32(local, true) !== signature.local)
      refuse(called, `byte ${local}: no member begins here`, hint, local);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + packed > bytes.length) {
      refuse(called, `takes bytes ${start} to ${start + packed}, the archive has ${bytes.length}`, hint, bytes.length);
    }
    const content = bytes.subarray(start, start + packed);
    if (method === methods.deflated) return inflated(called, { bytes: content, size, crc }, most);
    if (method !== methods.stored)
      refuse(
        called,
        `is compressed by method ${method}`,
        "an archive with deflate, as numpy.savez_compressed writes it, or stored",
        method,
      );
    if (size !== packed) refuse(called, `has ${packed} bytes, the directory promises ${size}`, hint, packed);
    if (size > most) refuse(called, `has ${size} bytes, at most ${most} are read`, "leave out samples or columns", size);
    if (crc32(content) !== crc) refuse(called, "has another CRC-32 than the directory promises", hint);
    return content;
  };
  return { name, size, read };
}

/** Unpacked and packed length and offset of a member; the extra field of zip64 holds those that 32 bits do not. */
function sizesAt(name: string, view: DataView, at: number, [extra, end]: readonly [number, number]): [number, number, number] {
  const sizes = [24, 20, 42].map((offset) => view.getUint32(at + offset, true)) as [number, number, number];
  if (!sizes.includes(in64)) return sizes;
  let field = extra;
  while (field + 4 <= end && view.getUint16(field, true) !== 1) field += 4 + view.getUint16(field + 2, true);
  let next = field + 4;
  return sizes.map((size) => {
    if (size !== in64 || next + 8 > end) return size;
    next += 8;
    return wide(name, view, next - 8);
  }) as [number, number, number];
}
