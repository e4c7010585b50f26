import type { PythonSnippet } from "@steepest/core";

/** Every snippet once, each after those that it uses, two lines apart as Python has it. */
export function snippetsText(snippets: readonly PythonSnippet[]): string {
  const written = new Set<PythonSnippet>();
  const write = (one: PythonSnippet): void => {
    if (written.has(one)) return;
    one.needs.forEach(write);
    written.add(one);
  };
  snippets.forEach(write);
  return [...written].map(({ text }) => `${text}\n`).join("\n\n");
}
