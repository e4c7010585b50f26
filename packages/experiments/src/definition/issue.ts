import type { DefinitionError } from "@steepest/core";
import { areOnOneLine, type Path } from "./path.js";

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

/** True if there is no issue at a path, below it, or above it. */
export function isSound(issues: readonly Issue[], path: Path): boolean {
  return !issues.some((issue) => areOnOneLine(issue.path, path));
}

/** True if there is no issue at a path or above it: a value is there and has the right form, whatever is wrong within it. */
export function isFormed(issues: readonly Issue[], path: Path): boolean {
  return !issues.some((issue) => issue.path.length <= path.length && areOnOneLine(issue.path, path));
}

/** The issue of a DefinitionError that was thrown by the part at `path`. */
export function issueAt(path: Path, { message, path: inner, value, hint }: DefinitionError): Issue {
  return { path: [...path, ...keysOf(inner ?? "")], text: message.slice(message.indexOf(": ") + 2), value, hint };
}

/** The keys of a path that was written with `pathText`. */
function keysOf(text: string): PropertyKey[] {
  return text.split(/[.[\]]+/).flatMap((key) => (key === "" ? [] : [/^\d+$/.test(key) ? Number(key) : key]));
}
