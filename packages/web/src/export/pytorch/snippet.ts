/** A function or class of a Python program, with those that it uses. */
export interface Snippet {
  readonly text: string;
  readonly needs: readonly Snippet[];
}

export function snippet(text: string, ...needs: readonly Snippet[]): Snippet {
  return { text: text.trim(), needs };
}

/** Every snippet once, each after those that it uses, two lines apart as Python has it. */
export function snippetsText(snippets: readonly Snippet[]): string {
  const written = new Set<Snippet>();
  const write = (one: Snippet): void => {
    if (written.has(one)) return;
    one.needs.forEach(write);
    written.add(one);
  };
  snippets.forEach(write);
  return [...written].map(({ text }) => `${text}\n`).join("\n\n");
}
