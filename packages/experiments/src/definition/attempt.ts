import { DefinitionError } from "@steepest/core";
import { type Issue, issueAt } from "./issue.js";
import type { Path } from "./path.js";

/** The part that `build` makes; undefined if it refuses. Core knows the path inside a part; the definition knows where the part stands. */
export function attempt<T>(issues: Issue[], path: Path, build: () => T): T | undefined {
  try {
    return build();
  } catch (cause) {
    if (!(cause instanceof DefinitionError)) throw cause;
    issues.push(issueAt(path, cause));
    return undefined;
  }
}
