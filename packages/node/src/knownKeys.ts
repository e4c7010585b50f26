import { DefinitionError } from "@steepest/core";

/** @throws DefinitionError  if `options` has a key that is not in `known`; the hint names the nearest one */
export function refuseUnknownKeys(owner: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = known.reduce((best, name) => (editDistance(key, name) < editDistance(key, best) ? name : best));
    throw new DefinitionError(`${owner}: unknown option "${key}", expected one of ${known.join(", ")}`, {
      path: `${owner}.${key}`,
      value: (options as Record<string, unknown>)[key],
      hint: `did you mean ${nearest}?`,
    });
  }
}

/** Levenshtein distance, case ignored. */
function editDistance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[to.length]!;
}
