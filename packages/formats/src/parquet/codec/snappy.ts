import { refuse } from "../../check/refuse.js";

const hint = "the file is corrupt; write or download it again";

/**
 * Unpacks a page that is compressed with Snappy. hyparquet's own function follows lengths that point backwards.
 * Source: google/snappy, format_description.txt.
 *
 * @param name   the name of the file and of the column, for messages
 * @param bytes  the compressed page
 * @param size   bytes that it must unpack to
 * @returns the unpacked page
 * @throws DataError  if it is not intact
 */
export function unsnappy(name: string, bytes: Uint8Array, size: number): Uint8Array {
  const fault = (at: number, what: string): never => refuse(name, `byte ${at} of a compressed page: ${what}`, hint, at);
  const unpacked = new Uint8Array(size);
  let [at, length] = [0, 0];
  while (bytes[at++]! >= 128); // the length, which the header of the page says as well
  while (at < bytes.length) {
    const [start, tag] = [at, bytes[at]!];
    const kind = tag & 3;
    const extra = kind === 0 ? Math.max(0, (tag >> 2) - 59) : [0, 1, 2, 4][kind]!;
    if (at + 1 + extra > bytes.length) fault(start, "an element goes on behind the end");
    let number = 0;
    for (let k = 0; k < extra; k++) number += bytes[at + 1 + k]! * 2 ** (8 * k);
    at += 1 + extra;
    const count = kind === 0 ? (extra > 0 ? number : tag >> 2) + 1 : kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    if (count > size - length) fault(start, `${count} bytes, where ${size - length} are left`);
    if (kind === 0) {
      if (count > bytes.length - at) fault(start, `${count} bytes, of which ${bytes.length - at} are there`);
      unpacked.set(bytes.subarray(at, at + count), length);
      at += count;
    } else {
      const distance = kind === 1 ? number + (tag >> 5) * 256 : number;
      if (distance < 1 || distance > length) fault(start, `a copy from ${distance} bytes before, of ${length}`);
      for (let k = length; k < length + count; k++) unpacked[k] = unpacked[k - distance]!;
    }
    length += count;
  }
  if (length !== size) fault(at, `${length} bytes, its header promises ${size}`);
  return unpacked;
}
