import { DefinitionError } from "@steepest/core";
import { nestingOf } from "@steepest/core/internal";
import { deepestNesting, pathText, visible } from "@steepest/experiments";
import { createScanner, visit } from "jsonc-parser";
import { syntaxProblem, withComments } from "./jsonSyntax.js";

/**
 * The value of a JSON text as JSON.parse gives it, passing over comments and a comma behind the last entry, but refusing what JSON.parse accepts silently: a
 * key that stands twice in one object, of which it keeps the last, and a number that no double holds, of which it makes 0 or an infinity.
 *
 * @param name  where the text is from, for messages
 * @param base  the path of the value in the definition; empty for a whole definition
 * @throws DefinitionError
 */
export function plainJson(name: string, text: string, base = ""): unknown {
  const bare = blanked(text, comments(text));
  const depth = nestingOf(bare);
  if (depth > deepestNesting) {
    throw DefinitionError.at(name, `is nested ${depth} levels deep, at most ${deepestNesting} make sense`, { value: depth });
  }
  const commas = lastCommas(text);
  if (commas === undefined) throw invalidJson(name, text, undefined);
  let value: unknown;
  try {
    value = JSON.parse(blanked(bare, commas));
  } catch (cause) {
    throw invalidJson(name, text, cause);
  }
  refuseLost(name, text, base);
  return value;
}

/** A piece of a text. */
interface Piece {
  readonly offset: number;
  readonly length: number;
}

/** The comments of a text, which may be no JSON. */
function comments(text: string): readonly Piece[] {
  if (!text.includes("/")) return [];
  const scanner = createScanner(text);
  const found: Piece[] = [];
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    if (text.startsWith("//", offset) || text.startsWith("/*", offset)) found.push({ offset, length: scanner.getTokenLength() });
  }
  return found;
}

/** The commas behind the last entries of lists and objects; undefined if the text is no JSON with comments. */
function lastCommas(text: string): readonly Piece[] | undefined {
  const found: Piece[] = [];
  let comma: Piece | undefined;
  let isWhole = true;
  const forget = (): void => {
    comma = undefined;
  };
  const end = (): void => {
    if (comma) found.push(comma);
    comma = undefined;
  };
  visit(
    text,
    {
      onSeparator: (character, offset) => {
        comma = character === "," ? { offset, length: 1 } : undefined;
      },
      onObjectBegin: forget,
      onArrayBegin: forget,
      onObjectProperty: forget,
      onLiteralValue: forget,
      onObjectEnd: end,
      onArrayEnd: end,
      onError: () => {
        isWhole = false;
      },
    },
    withComments,
  );
  return isWhole ? found : undefined;
}

/** The text with blanks in place of some pieces, which are in order. */
function blanked(text: string, pieces: readonly Piece[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { offset, length } of pieces) {
    parts.push(text.slice(end, offset), " ".repeat(length));
    end = offset + length;
  }
  return [...parts, text.slice(end)].join("");
}

interface Issue {
  readonly message: string;
  readonly path: string;
  readonly value: unknown;
  readonly hint: string;
}

/** Refuses texts of which JSON.parse loses something silently: all but the last of equal keys, and numbers that no double holds. */
function refuseLost(name: string, text: string, base: string): void {
  const open: Map<string, number>[] = [];
  const issues: Issue[] = [];
  visit(
    text,
    {
      onObjectBegin: () => {
        open.push(new Map());
      },
      onObjectEnd: () => {
        open.pop();
      },
      onObjectProperty: (key, _offset, _length, line, _column, path) => {
        const lines = open.at(-1)!;
        const first = lines.get(key);
        if (first === undefined) lines.set(key, line);
        else issues.push(twice(name, below(base, pathText([...path(), key])), key, [first + 1, line + 1]));
      },
      onLiteralValue: (value, offset, length, line, _column, path) => {
        if (value !== 0 && value !== Infinity && value !== -Infinity) return;
        const number = text.slice(offset, offset + length);
        if (value !== 0 || /^[^e]*[1-9]/i.test(number)) issues.push(noDouble(below(base, pathText([...path()])), number, value, line + 1));
      },
    },
    withComments,
  );
  const [first] = issues;
  if (!first) return;
  throw new DefinitionError(issues.map(({ message }) => message).join("\n"), first, issues);
}

/** The path of a part of the value at `base`. */
function below(base: string, path: string): string {
  return base === "" || path === "" || path.startsWith("[") ? base + path : `${base}.${path}`;
}

const twice = (name: string, path: string, key: string, [first, second]: readonly [number, number]): Issue => ({
  message: `${path}: stands twice in ${name}, in ${first === second ? `line ${first}` : `lines ${first} and ${second}`}`,
  path,
  value: key,
  hint: "rename one of them, or remove it: of keys that are equal only the last would count",
});

function noDouble(path: string, number: string, read: number, line: number): Issue {
  const shown = number.length > 40 ? `${number.slice(0, 40)}...` : number;
  const why = read === 0 ? "nearer to 0 than the smallest double, 4.9e-324" : "beyond the largest double, 1.8e308";
  return { message: `${path}: ${shown} in line ${line} is ${why}`, path, value: read, hint: "numbers that a double can hold" };
}

function invalidJson(name: string, text: string, cause: unknown): DefinitionError {
  const problem = syntaxProblem(text);
  if (problem === undefined) return DefinitionError.at(name, `not valid JSON: ${(cause as Error).message}`, { cause });
  const { line, column, text: what, hint } = problem;
  const message = `${name}: not valid JSON in line ${line}, column ${column}: ${visible(what)}`;
  return new DefinitionError(message, { path: name, cause, hint });
}
