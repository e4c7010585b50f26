import { refuse } from "../check/refuse.js";

const hint = "the file is corrupt; write or download it again";

/** Values of a page beyond which no writer goes. */
export const mostPageValues: number = 2 ** 24;

/** Values by which the last run of packed values may go beyond the page: writers fill up groups. */
const filledUp = 512;

/**
 * Checks runs of the hybrid of run lengths and packed bits before a reader follows them: none may hold more values than the page has left, or more bytes.
 * Source: Apache Parquet, "Encodings", RLE/bit-packing hybrid.
 *
 * @param name   the name of the file and of the column, for messages
 * @param page   the unpacked page
 * @param start  offset of the first run in it
 * @param width  bits of a value
 * @param count  values of the page
 * @throws DataError
 */
export function checkRuns(name: string, page: Uint8Array, start: number, width: number, count: number): void {
  if (width > 32) refuse(name, `values of ${width} bits in a page, at most 32`, hint, width);
  let seen = 0;
  let at = start;
  while (seen < count && at < page.length) {
    const [header, next] = varint(name, page, at);
    const length = Math.floor(header / 2);
    const values = header % 2 === 1 ? 8 * length : length;
    const bytes = header % 2 === 1 ? length * width : Math.ceil(width / 8);
    const most = count - seen + (header % 2 === 1 ? filledUp : 0);
    if (values > most) refuse(name, `a run of ${values} values in a page that has ${count - seen} left`, hint, values);
    at = next + bytes;
    seen += values;
  }
}

/**
 * Checks the head of values that are packed as differences.
 * Source: Apache Parquet, "Encodings", delta encoding.
 *
 * @param name   the name of the file and of the column, for messages
 * @param page   the unpacked page
 * @param start  offset of the head in it
 * @returns the number of values that it says
 * @throws DataError
 */
export function checkDeltas(name: string, page: Uint8Array, start: number): number {
  const [block, next] = varint(name, page, start);
  const [parts, behind] = varint(name, page, next);
  if (parts < 1 || parts > 1024 || block > 65_536 || block % parts !== 0) {
    refuse(name, `blocks of ${block} values in ${parts} parts in a page`, hint, block);
  }
  return varint(name, page, behind)[0];
}

/** An integer of at most 31 bits, and the offset behind it. */
function varint(name: string, page: Uint8Array, start: number): [value: number, next: number] {
  let value = 0;
  for (let k = 0; k < 5; k++) {
    const byte = page[start + k];
    if (byte === undefined) return refuse(name, "a page ends within a number", hint);
    value += (byte & 127) * 2 ** (7 * k);
    if (byte < 128 && value < 2 ** 31) return [value, start + k + 1];
  }
  return refuse(name, "a number of more than 31 bits in a page", hint);
}
