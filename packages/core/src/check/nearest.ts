/** Number of insertions, deletions and replacements between two words (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/**
 * The choice that a mistyped word most likely meant, case ignored; undefined if none is near.
 *
 * @param word     the unknown word
 * @param choices  the known words; of equally near ones the first counts
 * @returns one of `choices`, or undefined
 */
export function nearest(word: string, choices: Iterable<string>): string | undefined {
  let found: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const choice of choices) {
    const distance = editDistance(word.toLowerCase(), choice.toLowerCase());
    if (distance < least) {
      least = distance;
      found = choice;
    }
  }
  return found;
}
