import { DefinitionError, type DefinitionIssue } from "@steepest/core";
import { gathered } from "./gathered.js";
import { areOnOneLine, type Path, pathText, placesIn } from "./path.js";
import { visible } from "./text.js";

/** One thing that is wrong with a definition, and where it stands. */
export interface Issue {
  readonly path: Path;
  /** The expected and the actual value, in words. */
  readonly text: string;
  readonly value: unknown;
  readonly hint?: string | undefined;
  /** The likely meaning of the value: with it in the place of the value, the rest can be looked at. */
  readonly meant?: unknown;
  /** A consequence of another issue, which says more: the part is wrong, but this is not told. */
  readonly isTold?: boolean;
  /** A key that is not there, with an example of it as it is written. */
  readonly missing?: { readonly example: string | undefined } | undefined;
}

/** Most issues in a message. */
const mostShown = 50;

/** True if there is no issue at a path, below it, or above it. */
export function isSound(issues: readonly Issue[], path: Path): boolean {
  return !issues.some((issue) => areOnOneLine(issue.path, path));
}

/** True if there is no issue at a path or above it: a value is there and has the right form, whatever is wrong within it. */
export function isFormed(issues: readonly Issue[], path: Path): boolean {
  return !issues.some((issue) => issue.path.length <= path.length && areOnOneLine(issue.path, path));
}

/** The error that users see, with every issue of `value`: in the order of the file, and of several issues at one place the first. */
export function definitionError(issues: readonly Issue[], value: unknown): DefinitionError {
  const byPlace = new Map<string, Issue>();
  for (const issue of issues) if (!byPlace.has(pathText(issue.path))) byPlace.set(pathText(issue.path), issue);
  const inFile = placesIn(value);
  const ordered = [...byPlace.values()].sort((a, b) => inFile(a.path, b.path));
  const distinct = gathered(ordered);
  const told = distinct.slice(0, mostShown).map(toldAt);
  const [first] = told as [DefinitionIssue];
  const more = distinct.length - told.length;
  const lines = [...told.map(({ message }) => message), ...(more > 0 ? [`and ${more} more`] : [])];
  const { path, hint } = first;
  const details = { value: first.value, ...(path !== undefined && { path }), ...(hint !== undefined && { hint }) };
  return new DefinitionError(lines.join("\n"), details, told);
}

function toldAt({ path, text, value, hint }: Issue): DefinitionIssue {
  const where = pathText(path);
  return { message: visible(`${where || "definition"}: ${text}`), path: where, value, hint: hint === undefined ? hint : visible(hint) };
}

/** The issue of a DefinitionError that was thrown by the part at `path`. */
export function issueAt(path: Path, { message, path: inner, value, hint }: DefinitionError): Issue {
  return { path: [...path, ...keysOf(inner ?? "")], text: message.slice(message.indexOf(": ") + 2), value, hint };
}

/** The keys of a path that was written with `pathText`. */
function keysOf(text: string): PropertyKey[] {
  return text.split(/[.[\]]+/).flatMap((key) => (key === "" ? [] : [/^\d+$/.test(key) ? Number(key) : key]));
}
