import { withNormExpressions } from "../optimizer/normTexts.js";
import { claimIssues } from "./claimIssues.js";
import { consistencyIssues } from "./consistency.js";
import { withDefaults } from "./defaults.js";
import { definitionSchema, type ExperimentDefinition } from "./definition.js";
import { definitionError } from "./definitionError.js";
import { type Issue, isFormed } from "./issue.js";
import { nameIssues } from "./names.js";
import { type Path, setAt, startsWith } from "./path.js";
import { frozen, plainTree } from "./plainTree.js";
import { unresolvedIssues } from "./resolve.js";
import { schemaIssues } from "./schemaIssues.js";
import { crowdIssues, sizeIssues } from "./sizes.js";

/**
 * Checks a definition that came from outside; every key must be known and every name must exist. What is left out and decides no row has its default in
 * the result, which shares nothing with `value`, whose parts share nothing with each other, and in which nothing can be changed.
 *
 * @param value  plain data, as read from JSON; not modified
 * @returns the complete definition, frozen
 * @throws DefinitionError  with every problem in its `issues`, in the order of the file: its path, what was expected, what was got, and a hint
 */
export function parseDefinition(value: unknown): ExperimentDefinition {
  const tree = withNormExpressions(plainTree(value));
  const crowds = crowdIssues(tree);
  if (crowds.length > 0) throw definitionError(crowds, tree);
  const parsed = definitionSchema.safeParse(tree);
  const issues = issuesWithMeant(tree, parsed);
  if (issues.length > 0 || !parsed.success) throw definitionError(issues, tree);
  return frozen(withDefaults(parsed.data));
}

/** Everything that is wrong with a definition. */
function issuesOf(tree: unknown, parsed = definitionSchema.safeParse(tree)): Issue[] {
  const written = tree as ExperimentDefinition; // as far as nothing is found
  const found = [
    ...(parsed.success ? [] : schemaIssues(parsed.error, tree, definitionSchema)),
    ...prototypeIssues(tree),
    ...unresolvedIssues(tree),
  ];
  const issues = isFormed(found, [])
    ? [...found, ...nameIssues(written, found), ...claimIssues(written, found), ...consistencyIssues(written, found)]
    : found;
  return issues.length === 0 ? sizeIssues(written) : issues.filter(({ isTold }) => !isTold);
}

/** Number of times that likely meanings are put in place: each may show further mistakes. */
const mostRounds = 4;

/** Everything that is wrong, also with what can be looked at only once a mistyped kind is read as what was meant. */
function issuesWithMeant(tree: unknown, parsed: ReturnType<typeof definitionSchema.safeParse>): Issue[] {
  const told: Issue[] = [];
  let mended = tree;
  for (let round = 0; ; round++) {
    const found = mended === tree ? issuesOf(tree, parsed) : issuesOf(mended);
    const issues = found.filter(({ path }) => !told.some((other) => startsWith(path, other.path)));
    const guessed = round < mostRounds ? issues.filter(({ meant }) => meant !== undefined) : [];
    if (guessed.length === 0) return [...told, ...issues];
    told.push(...guessed);
    mended = plainTree(mended);
    for (const { path, meant } of guessed) setAt(mended, path, meant);
  }
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
