/** Text in lines of at most so many characters, broken between words, and within a word only where that alone is longer; what is too much is cut with "…". */
export function wrapped(text: string, width: number, mostLines: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else for (let i = 0; i < word.length; i += width) lines.push(word.slice(i, i + width));
  }
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), `${lines[mostLines - 1]!.slice(0, width - 1)}…`];
}

/** One line as text, several as a list, as vega-lite takes them. */
export function textOf(lines: readonly string[]): string | readonly string[] {
  return lines.length > 1 ? lines : (lines[0] ?? "");
}
