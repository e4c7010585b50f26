/** The names that a program imports from one module, gathered while its text is written. */
export class Imports {
  readonly #names = new Set<string>();

  /** Names of values and, with `type ` before them, of types. */
  use(name: string): string {
    this.#names.add(name);
    return name.replace(/^type /, "");
  }

  text(from: string): string {
    const bare = (name: string): string => name.replace(/^type /, "");
    const names = [...this.#names].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
    return `import { ${names.join(", ")} } from ${JSON.stringify(from)};\n`;
  }
}
