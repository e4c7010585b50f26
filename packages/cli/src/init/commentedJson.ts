import { visible } from "@steepest/experiments";
import wrapAnsi from "wrap-ansi";

/** A field of an object that is written with comments above it. */
export interface CommentedField {
  readonly key: string;
  readonly value: CommentedValue;
  /** Sentences, each a comment of its own above the field. */
  readonly comments?: readonly string[];
}

/** Plain data, or an object whose fields have comments. */
export type CommentedValue = Commented | unknown;

/** An object whose fields have comments. */
export class Commented {
  readonly fields: readonly CommentedField[];

  constructor(fields: readonly CommentedField[]) {
    this.fields = fields;
  }

  /** The object without its comments. */
  get plain(): Record<string, unknown> {
    return Object.fromEntries(this.fields.map(({ key, value }) => [key, value instanceof Commented ? value.plain : value]));
  }
}

/** Characters in a line. */
const lineLength = 120;
const indentation = "  ";

/**
 * An object as JSON with comments, as `.jsonc` files hold it: what fits into a line stands on one.
 *
 * @param object   the object
 * @param opening  sentences above it
 */
export function commentedJson(object: Commented, opening: readonly string[] = []): string {
  return `${[...opening.flatMap((text) => commentLines(text, "")), objectText(object, "")].join("\n")}\n`;
}

function commentLines(text: string, indent: string): string[] {
  return wrapAnsi(visible(text), lineLength - indent.length - 3)
    .split("\n")
    .map((line) => `${indent}// ${line}`);
}

function objectText({ fields }: Commented, indent: string): string {
  const inner = indent + indentation;
  const lines = fields.flatMap(({ key, value, comments = [] }, i) => {
    const comma = i < fields.length - 1 ? "," : "";
    const name = `${JSON.stringify(key)}: `;
    const text = value instanceof Commented ? objectText(value, inner) : valueText(value, inner, name.length + comma.length);
    return [...comments.flatMap((comment) => commentLines(comment, inner)), `${inner}${name}${text}${comma}`];
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

/** @param taken  characters of the line beside the value and its indentation */
function valueText(value: unknown, indent: string, taken: number): string {
  const line = oneLine(value);
  if (typeof value !== "object" || value === null || indent.length + taken + line.length <= lineLength) return line;
  const inner = indent + indentation;
  if (Array.isArray(value)) return `[\n${filled(value, inner)}\n${indent}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${valueText(entry, inner, key.length + 5)}`);
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

/** Entries of a list, as many in a line as there is room for. */
function filled(entries: readonly unknown[], indent: string): string {
  const lines: string[] = [];
  for (const [i, entry] of entries.entries()) {
    const text = oneLine(entry) + (i < entries.length - 1 ? "," : "");
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= lineLength) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(indent + text);
  }
  return lines.join("\n");
}

function oneLine(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${oneLine(entry)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
