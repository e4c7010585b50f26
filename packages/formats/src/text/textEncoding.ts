/** Encodings that a mark or the zeros of a text tell apart. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "utf-32le" | "utf-32be";

/**
 * The encoding of a text by its first four bytes: its byte order mark, or where the zeros of its first character lie, which in a definition or a table is
 * one of ASCII. Without either it is taken for UTF-8, which it need not be.
 *
 * @param bytes  the text, or its beginning; the first four bytes decide
 * @returns name of the encoding
 *
 * Source: The Unicode Standard, section 23.8 (marks); RFC 4627, section 3 (zeros).
 */
export function textEncoding(bytes: Uint8Array): TextEncoding {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "utf-32le" : "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a === 0 && b === 0) return (c === 0xfe && d === 0xff) || (c === 0 && isText(d)) ? "utf-32be" : "utf-8";
  if (isText(a) && b === 0) return c === 0 && d === 0 ? "utf-32le" : "utf-16le";
  return a === 0 && isText(b) ? "utf-16be" : "utf-8";
}

/** True for a byte that is a character of ASCII in a text: no control character but the white space. */
const isText = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));
