import type { Issue } from "./issue.js";
import { pathText } from "./path.js";

/** Largest number of further places of an issue that are named. */
const mostNamed = 3;

/** Issues with what is one mistake told once: keys that one object lacks, and the same thing at sister places. Their order is kept. */
export function gathered(issues: readonly Issue[]): Issue[] {
  return sisters(missingTogether(issues));
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function missingTogether(issues: readonly Issue[]): Issue[] {
  const holderOf = ({ path }: Issue) => pathText(path.slice(0, -1));
  const groups = new Map<string, Issue[]>();
  for (const issue of issues) {
    if (issue.missing) groups.set(holderOf(issue), [...(groups.get(holderOf(issue)) ?? []), issue]);
  }
  return issues.flatMap((issue) => {
    const group = issue.missing ? groups.get(holderOf(issue))! : [issue];
    if (group.length === 1) return [issue];
    if (group[0] !== issue) return [];
    const examples = group.flatMap(({ missing }) => missing?.example ?? []);
    return [
      {
        path: issue.path.slice(0, -1),
        text: `${listed(group.map(({ path }) => String(path.at(-1))))} are missing`,
        value: undefined,
        hint: examples.length === 0 ? undefined : `e.g. ${examples.join(", ")}`,
      },
    ];
  });
}

interface Leader {
  readonly issue: Issue;
  readonly others: Issue[];
  /** The place of the path in which the others differ. */
  position?: number;
}

/** An issue that says what another one says, at a path that differs from the other's in one key, is named behind it. */
function sisters(issues: readonly Issue[]): Issue[] {
  const leaders: Leader[] = [];
  const byPattern = new Map<string, Leader>();
  for (const issue of issues) {
    const patterns = issue.path.map((_, i) => JSON.stringify([issue.path.map((key, j) => (i === j ? null : key)), issue.text, issue.hint]));
    const position = patterns.findIndex((pattern, i) => {
      const leader = byPattern.get(pattern);
      return leader !== undefined && (leader.position ?? i) === i;
    });
    const leader = byPattern.get(patterns[position] ?? "");
    if (leader) {
      leader.position = position;
      leader.others.push(issue);
      continue;
    }
    const own: Leader = { issue, others: [] };
    leaders.push(own);
    for (const pattern of patterns) byPattern.set(pattern, own);
  }
  return leaders.map(({ issue, others }) =>
    others.length === 0 ? issue : { ...issue, text: `${issue.text} (also at ${places(others)})` },
  );
}

function places(others: readonly Issue[]): string {
  const named = others.slice(0, mostNamed).map(({ path }) => pathText(path));
  const more = others.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : listed(named);
}
