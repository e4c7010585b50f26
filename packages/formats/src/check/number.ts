/**
 * Reason why a text stands for no double: it is no decimal, or its value is beyond the largest double, or nearer to 0 than the smallest; or it is a whole number,
 * such as the number of an account, that a double would change.
 */
export type NoDouble = "notANumber" | "overflow" | "underflow" | "changed";

/** The fault of such a text, as words that follow its name. */
export const noDoubleText: Readonly<Record<NoDouble, string>> = {
  notANumber: "is not a finite number",
  overflow: "is beyond the largest double, 1.8e308",
  underflow: "is nearer to 0 than the smallest double, 4.9e-324",
  changed: "is a whole number beyond 2^53 that no double holds",
};

/**
 * The double that a decimal stands for, correctly rounded. `Number` reads "" as 0, 0x10, 0b1 and 0o7 as whole numbers, and 1e-400 as 0; here none of them
 * is a number.
 *
 * @param text  the text, with or without blanks around it
 * @returns the number, or the reason why there is none
 */
export function readDecimal(text: string): number | Exclude<NoDouble, "changed"> {
  const value = Number(text);
  if (Number.isNaN(value) || text.trim() === "" || /^\s*[+-]?0[xbo]/i.test(text)) return "notANumber";
  if (!Number.isFinite(value)) return /inf/i.test(text) ? "notANumber" : "overflow";
  if (value !== 0) return value;
  const [mantissa] = text.split(/e/i, 1) as [string];
  return /[1-9]/.test(mantissa) ? "underflow" : value;
}

/** A sign that stands before the digits behind the whole ones. */
export type DecimalMark = "." | ",";

/**
 * The double that a decimal with a comma stands for, as many spreadsheets of Europe and South America write it. A text with a point is none: 1.234 may be a
 * thousand times as much there.
 *
 * @param text  the text
 * @returns as of `readDecimal`
 */
const readCommaDecimal = (text: string): number | NoDouble => (text.includes(".") ? "notANumber" : readDecimal(text.replace(",", ".")));

/**
 * A reader that takes no whole number, written with its digits alone, that it would have to change. The shortest digits of a double, as JavaScript writes those up to
 * 1e21, stand for that double.
 */
const unchanged =
  (read: (text: string) => number | NoDouble) =>
  (text: string): number | NoDouble => {
    const value = read(text);
    if (typeof value !== "number" || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    const [, digits] = /^\s*\+?(-?\d+)\s*$/.exec(text) ?? [];
    const isKept = digits === undefined || digits === String(value) || BigInt(digits) === BigInt(value);
    return isKept ? value : "changed";
  };

/** Readers of the numbers of files of text, by the mark of their decimals. */
export const decimalReaders: Readonly<Record<DecimalMark, (text: string) => number | NoDouble>> = {
  ".": unchanged(readDecimal),
  ",": unchanged(readCommaDecimal),
};

/**
 * A value of a file in words, short enough for a message.
 *
 * @param text  the value
 * @returns its first 40 characters in quotes
 */
export const quoted = (text: string): string => `"${text.slice(0, 40)}"`;
