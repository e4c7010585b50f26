import { printParseErrorCode, visit } from "jsonc-parser";

/** Comments are passed over, and so is a comma behind the last entry of a list or an object. */
export const withComments = { disallowComments: false, allowTrailingComma: true };

/** The first place where a text is no JSON with comments, in words. */
export interface SyntaxProblem {
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly hint?: string;
}

/** The fault at a place in words, from the text there and the last character before it. */
type Telling = (found: string, before: string) => { readonly text: string; readonly hint?: string };

const quotes = "keys and texts stand in double quotes";

/** Literals of Python and JavaScript with what JSON has for them. */
const literals: Readonly<Record<string, string>> = {
  True: "true",
  False: "false",
  None: "null",
  undefined: "null",
  NaN: "no NaN: leave the field out",
  nan: "no NaN: leave the field out",
  Infinity: "no infinity: leave the field out",
  inf: "no infinity: leave the field out",
};

const lacking: Telling = (found, before) =>
  before === "," && found === ""
    ? { text: `nothing stands behind the comma before ${at(found)}`, hint: "remove the comma behind the last entry" }
    : { text: `a value is missing before ${at(found)}` };

const symbol: Telling = (found) => {
  if (/^['‘’“”`]/.test(found)) return { text: `${shown(found)} is in the wrong quotes`, hint: quotes };
  if (/^[.+]?\d/.test(found)) return { text: `${shown(found)} is no number of JSON`, hint: "numbers are written as 0.5, -2 or 1e-3" };
  if (/^[-+]?[A-Za-z_$]/.test(found)) {
    const known = literals[found.replace(/^[-+]/, "")];
    return { text: `${shown(found)} is no value of JSON`, hint: known === undefined ? quotes : `JSON has ${known}` };
  }
  return { text: `${shown(found)} is no value of JSON` };
};

const tellings: Readonly<Record<string, Telling>> = {
  InvalidSymbol: symbol,
  InvalidNumberFormat: (found) => ({ text: `${shown(found)} is no number` }),
  PropertyNameExpected: (found, before) =>
    before === "," ? lacking(found, before) : { text: `a key is missing before ${at(found)}`, hint: quotes },
  ValueExpected: lacking,
  ColonExpected: (found) => ({ text: `a colon is missing before ${at(found)}` }),
  CommaExpected: (found) => ({ text: `a comma is missing before ${at(found)}` }),
  CloseBraceExpected: (found) => ({ text: `a } is missing before ${at(found)}` }),
  CloseBracketExpected: (found) => ({ text: `a ] is missing before ${at(found)}` }),
  EndOfFileExpected: (found) => ({ text: `${at(found)} stands behind the end of the definition` }),
  UnexpectedEndOfComment: () => ({ text: "a comment has no end", hint: "a comment goes from // to the end of its line, or from /* to */" }),
  UnexpectedEndOfString: () => ({ text: "a text has no closing quote in its line" }),
  UnexpectedEndOfNumber: () => ({ text: "a number breaks off" }),
  InvalidUnicode: () => ({ text: "\\u is followed by four hexadecimal digits" }),
  InvalidEscapeCharacter: () => ({ text: "a text holds a backslash that escapes nothing", hint: "write it twice: \\\\" }),
  InvalidCharacter: () => ({ text: "a text holds a control character", hint: "a tab is written as \\t, a line break as \\n" }),
};

function shown(found: string): string {
  const short = found.length > 30 ? `${found.slice(0, 30)}...` : found;
  return /["'‘’“”`]/.test(short) ? short : `"${short}"`;
}

const at = (found: string): string => (found === "" ? "the end of the file" : shown(found));

/** "-Infinity", of which the parser takes the sign for a word of its own. */
const signed = (text: string, offset: number): string | undefined => /^[-+][A-Za-z]+/.exec(text.slice(offset, offset + 40))?.[0];

/** The first syntax error of a text; undefined if there is none. */
export function syntaxProblem(text: string): SyntaxProblem | undefined {
  if (text.trim() === "") return { line: 1, column: 1, text: "the file is empty" };
  let first: SyntaxProblem | undefined;
  visit(
    text,
    {
      onError: (code, offset, length, line, column) => {
        const before = text.slice(0, offset).trimEnd().at(-1) ?? "";
        const telling = tellings[printParseErrorCode(code)] ?? (() => ({ text: "unexpected text" }));
        first ??= { line: line + 1, column: column + 1, ...telling(signed(text, offset) ?? text.slice(offset, offset + length), before) };
      },
    },
    withComments,
  );
  return first;
}
