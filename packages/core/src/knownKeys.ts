import { DefinitionError } from "./errors.js";

/** Every option of T, so that one added to T must be added here. */
export type KnownKeys<T> = { readonly [K in keyof T]-?: true };

/** @throws DefinitionError  if `options` has a key that is not in `known`; the hint names the nearest one */
export function refuseUnknownKeys<T extends object>(owner: string, options: T, known: KnownKeys<T>): void {
  const names = Object.keys(known);
  for (const key of Object.keys(options)) {
    if (names.includes(key)) continue;
    const nearest = names.reduce((best, name) => (editDistance(key, name) < editDistance(key, best) ? name : best));
    throw new DefinitionError(`${owner}: unknown option "${key}", expected one of ${names.join(", ")}`, {
      path: `${owner}.${key}`,
      value: options[key as keyof T],
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
