import { DefinitionError, type DefinitionIssue } from "@steepest/core";
import { gathered } from "./gathered.js";
import type { Issue } from "./issue.js";
import { pathText, placesIn } from "./path.js";
import { visible } from "./text.js";

/** Most issues in a message. */
const mostShown = 50;

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
  return new DefinitionError(lines.join("\n"), first, told);
}

function toldAt({ path, text, value, hint }: Issue): DefinitionIssue {
  const where = pathText(path);
  return { message: visible(`${where || "definition"}: ${text}`), path: where, value, hint: hint === undefined ? hint : visible(hint) };
}
