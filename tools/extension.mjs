// The programs of docs/extending.md: the files that each change adds, and the lines that it adds to others.

/**
 * A step of a change: a new file with its text, or the edits of an existing one.
 *
 * @typedef {{ readonly path: string, readonly text?: string, readonly edits?: readonly Edit[] }} Step
 *
 * Lines to add beside lines that must stand in the file, in this order; members that were added since may stand between them.
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
  if (edit[0]?.added !== false) throw new Error(`docs/extending.md: a change of ${path} begins with a line that stands there`);
  const first = lines.filter((line) => line === edit[0].line).length;
  if (first !== 1) throw new Error(`docs/extending.md: this line stands ${first} times in ${path}, must be once:\n${edit[0].line}`);
  let at = -1;
  for (const { added, line } of edit) {
    const found = added ? at + 1 : lines.indexOf(line, at + 1);
    if (found < 0) throw new Error(`docs/extending.md: this line does not stand in ${path} after the one before it:\n${line}`);
    if (added) lines.splice(found, 0, line);
    at = found;
  }
  return lines.join("\n");
}

/**
 * The size of a change: new files, edited files, and of the lines that it adds to those, imports, public names that a registry passes on, and others.
 *
 * @param {readonly Step[]} steps
 * @returns {{ files: number, edited: number, imports: number, names: number, lines: number }}
 */
export function sizeOf(steps) {
  const added = steps.flatMap(({ edits = [] }) => edits.flat().filter((line) => line.added));
  const imports = added.filter(({ line }) => line.startsWith("import ")).length;
  const names = added.filter(({ line }) => line.startsWith("export ")).length;
  const files = steps.filter(({ text }) => text !== undefined).length;
  return { files, edited: steps.length - files, imports, names, lines: added.length - imports - names };
}
