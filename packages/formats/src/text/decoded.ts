import { refuse } from "../check/refuse.js";
import { textEncoding } from "./textEncoding.js";

/** Bytes of the longest text that engines hold in one string. */
const longestText = 2 ** 29 - 2 ** 16;

/**
 * The text of a file in UTF-8 or UTF-16, without its byte order mark.
 *
 * @param name   the name of the file
 * @param bytes  the file
 * @param kinds  what the file may be instead, for the hint
 * @returns the text
 * @throws DataError  if it is in UTF-32 or another encoding, no text, or longer than a string can be
 */
export function decoded(name: string, bytes: Uint8Array, kinds: string): string {
  const encoding = textEncoding(bytes); // spreadsheets save "Unicode text" as UTF-16
  if (encoding === "utf-32le" || encoding === "utf-32be") refuse(name, "is in UTF-32", "save it as UTF-8", encoding);
  const zero = encoding === "utf-8" ? bytes.indexOf(0) : -1;
  if (zero >= 0) refuse(name, `is not text: byte ${zero} is 0`, kinds, zero);
  if (bytes.length > longestText) {
    refuse(
      name,
      `has ${bytes.length} bytes of text, at most ${longestText} are read`,
      "save it as .npy or Parquet, or split it",
      bytes.length,
    );
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const place =
      encoding === "utf-8" ? `line ${1 + firstForeignLine(bytes)}: holds bytes that are no UTF-8` : `is no ${encoding.toUpperCase()}`;
    return refuse(name, place, "save it as UTF-8: iconv -f LATIN1 -t UTF-8", encoding);
  }
}

/** The first line, from 0 on, that is not in UTF-8. */
function firstForeignLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let start = 0;
  for (let line = 0; ; line++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    if (found < 0) return line; // the last, where no other is
    start = end + 1;
  }
}
