import { z } from "./schema.js";

/** Control characters move a terminal's cursor, and direction overrides show another text than the one that stands there; neither is part of a text. */
const printable = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;

/**
 * A text for people in which every character shows: those that may not stand in a text are written as escapes.
 *
 * @param text  any text
 * @returns a text without control characters and direction overrides
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The schema of a text for people. */
export const text = (): z.ZodString => z.string().regex(printable, "must not hold control characters, line breaks included");

/** Names that Windows keeps for devices, with any ending. */
const reserved = /^(?!(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|[cC][oO][mM][0-9]|[lL][pP][tT][0-9])(?:\.|$))/;

const folderName = /^(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** A run folder is named after its arm, its seed and a hash, and file systems hold names of up to 255 bytes. */
const shortName = /^.{0,100}$/;

/** The schema of ids and arm names, which become folder names on every file system. */
export const name = (): z.ZodString =>
  z
    .string()
    .regex(folderName, "must consist of letters and digits, with single dots, hyphens and underscores between them")
    .regex(shortName, "must be at most 100 characters long")
    .regex(reserved, "must not be the name of a device on Windows (CON, PRN, AUX, NUL, COM0-9, LPT0-9), with or without an ending");
