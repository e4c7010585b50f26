import { deltaBinaryUnpack } from "hyparquet/src/delta.js";
import { requireBytes } from "../check/bound.js";
import { refuse } from "../check/refuse.js";
import { checkDeltas } from "./pageCheck.js";

const hint = "the file is corrupt; write or download it again";

/**
 * Texts that share their beginnings (DELTA_BYTE_ARRAY) as plain ones, each behind its length. hyparquet's own function believes the lengths of what is shared.
 * Source: Apache Parquet, "Encodings", delta strings.
 *
 * @param name   the name of the file and of the column, for messages
 * @param page   the unpacked page
 * @param start  offset of the texts in it
 * @param count  the most texts that there may be
 * @param most   the most bytes that they may take
 * @returns the page up to `start`, and behind it the texts as PLAIN has them
 * @throws DataError
 */
export function plainTexts(name: string, page: Uint8Array, start: number, count: number, most: number): Uint8Array {
  const reader = { view: new DataView(page.buffer, page.byteOffset, page.byteLength), offset: start };
  const lengths = (): Int32Array => {
    const values = checkDeltas(name, page, reader.offset);
    if (values > count) refuse(name, `${values} texts in a page of ${count} values`, hint, values);
    const read = new Int32Array(values);
    if (values > 0) deltaBinaryUnpack(reader, values, read);
    return read;
  };
  const [shared, own] = [lengths(), lengths()];
  if (shared.length !== own.length) refuse(name, `${shared.length} beginnings of ${own.length} texts in a page`, hint, own.length);
  let [before, total, left] = [0, start, page.length - reader.offset];
  for (let k = 0; k < own.length; k++) {
    const [beginning, rest] = [shared[k]!, own[k]!];
    if (!(beginning >= 0 && beginning <= before))
      refuse(name, `a text begins with ${beginning} bytes of one of ${before}`, hint, beginning);
    if (!(rest >= 0 && rest <= left)) refuse(name, `a text of ${rest} bytes in a page that has ${left} left`, hint, rest);
    before = beginning + rest;
    total += 4 + before;
    left -= rest;
  }
  requireBytes(name, total, most, `${own.length} texts`);
  const plain = new Uint8Array(total);
  const view = new DataView(plain.buffer);
  plain.set(page.subarray(0, start));
  let [at, last, from] = [start, start, reader.offset];
  for (let k = 0; k < own.length; k++) {
    const [beginning, rest] = [shared[k]!, own[k]!];
    view.setUint32(at, beginning + rest, true);
    plain.copyWithin(at + 4, last, last + beginning);
    plain.set(page.subarray(from, from + rest), at + 4 + beginning);
    last = at + 4;
    at = last + beginning + rest;
    from += rest;
  }
  return plain;
}
