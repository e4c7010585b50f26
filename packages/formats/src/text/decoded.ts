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
 * @throws DataError  if it is in UTF-32, no text, or longer than a string can be
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
  return new TextDecoder(encoding).decode(bytes);
}
