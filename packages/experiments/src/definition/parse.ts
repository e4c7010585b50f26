import { claimIssues } from "./claimIssues.js";
import { consistencyIssues } from "./consistency.js";
import { withDefaults } from "./defaults.js";
import { definitionSchema, type ExperimentDefinition } from "./definition.js";
import { definitionError, type Issue, isFormed } from "./issue.js";
import { nameIssues } from "./names.js";
import type { Path } from "./path.js";
import { frozen, plainTree } from "./plainTree.js";
import { schemaIssues } from "./schemaIssues.js";
import { crowdIssues, sizeIssues } from "./sizes.js";

/**
 * Checks a definition that came from outside; every key must be known and every name must exist. What is left out and decides no row has its default in
 * the result, which shares nothing with `value`, whose parts share nothing with each other, and in which nothing can be changed.
 *
 * @throws DefinitionError  with every problem in its `issues`, in the order of the file: its path, what was expected, what was got, and a hint
 */
export function parseDefinition(value: unknown): ExperimentDefinition {
  const tree = plainTree(value);
  const crowds = crowdIssues(tree);
  if (crowds.length > 0) throw definitionError(crowds, tree);
  const parsed = definitionSchema.safeParse(tree);
  const written = tree as ExperimentDefinition; // as far as nothing is found
  const found = [...(parsed.success ? [] : schemaIssues(parsed.error, tree, definitionSchema)), ...prototypeIssues(tree)];
  const issues = isFormed(found, [])
    ? [...found, ...nameIssues(written, found), ...claimIssues(written, found), ...consistencyIssues(written, found)]
    : found;
  if (issues.length === 0) issues.push(...sizeIssues(written));
  if (issues.length > 0 || !parsed.success) throw definitionError(issues, tree);
  return frozen(withDefaults(parsed.data));
}

/** A key of this name gets lost in many a program that handles objects, this one's libraries included. */
function prototypeIssues(value: unknown, path: Path = []): Issue[] {
  if (typeof value !== "object" || value === null) return [];
  const issues: Issue[] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== "object" && key !== "__proto__") continue; // most are numbers
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === "__proto__") issues.push({ path: here, text: "is no name that can be kept", value: entry, hint: "rename it" });
    else issues.push(...prototypeIssues(entry, here));
  }
  return issues;
}
