// The programs of docs/extending.md: the files that each change adds, and the lines that it adds to others.

/**
 * A step of a change: a new file with its text, or the edits of an existing one.
 *
 * @typedef {{ readonly path: string, readonly text?: string, readonly edits?: readonly Edit[] }} Step
 *
 * Lines to add beside lines that must stand in the file, in this order and without others between them.
 * @typedef {readonly { readonly added: boolean, readonly line: string }[]} Edit
 */

const block = /^`([^`\n]+)`\n\n```(ts|diff)\n(.*?)^```$/gms;

/**
 * The changes of the document, by its headings.
 *
 * @param {string} markdown
 * @returns {Map<string, Step[]>}
 */
export function changesOf(markdown) {
  const changes = new Map();
  for (const section of markdown.split(/^## /m).slice(1)) {
    const steps = [...section.matchAll(block)].map(([, path, language, text]) =>
      language === "ts" ? { path, text } : { path, edits: text.split(/^\.\.\.\n/m).map(editOf) },
    );
    if (steps.length > 0) changes.set(section.slice(0, section.indexOf("\n")), steps);
  }
  return changes;
}

function editOf(hunk) {
  return hunk
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      if (!/^[ +]/.test(line)) throw new Error(`docs/extending.md: a line of a diff begins with " " or "+", got "${line}"`);
      return { added: line.startsWith("+"), line: line.slice(1) };
    });
}

/**
 * The text of a file with an edit made.
 *
 * @param {string} text
 * @param {Edit} edit
 * @param {string} path  for the message
 * @returns {string}
 */
export function edited(text, edit, path) {
  const lines = text.split("\n");
  const context = edit.filter(({ added }) => !added).map(({ line }) => line);
  const places = lines.flatMap((_, at) => (context.every((line, i) => lines[at + i] === line) ? [at] : []));
  if (context.length === 0 || places.length !== 1) {
    throw new Error(`docs/extending.md: these lines stand ${places.length} times in ${path}, must be once:\n${context.join("\n")}`);
  }
  lines.splice(places[0], context.length, ...edit.map(({ line }) => line));
  return lines.join("\n");
}

/**
 * The size of a change: new files, and of the lines that it adds to existing ones, imports, public names of an index, and others.
 *
 * @param {readonly Step[]} steps
 * @returns {{ files: number, imports: number, names: number, lines: number }}
 */
export function sizeOf(steps) {
  const added = steps.flatMap(({ edits = [] }) => edits.flat().filter((line) => line.added));
  const imports = added.filter(({ line }) => line.startsWith("import ")).length;
  const names = added.filter(({ line }) => line.startsWith("export ")).length;
  return { files: steps.filter(({ text }) => text !== undefined).length, imports, names, lines: added.length - imports - names };
}
