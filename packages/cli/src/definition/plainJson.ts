import { DefinitionError } from "@steepest/core";
import { deepestNesting, pathText } from "@steepest/experiments";
import { visit } from "jsonc-parser";

/**
 * The value of a JSON text, as JSON.parse has it, and without what JSON.parse lets pass: a key that stands twice in one object, of which it keeps the
 * last.
 *
 * @param name  where the text is from, for messages
 * @throws DefinitionError
 */
export function plainJson(name: string, text: string): unknown {
  const depth = nestingOf(text);
  if (depth > deepestNesting) {
    throw new DefinitionError(`${name}: is nested ${depth} levels deep, at most ${deepestNesting} make sense`, {
      path: name,
      value: depth,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DefinitionError(`${name}: not valid JSON: ${(cause as Error).message}`, { path: name, cause });
  }
  refuseDoubleKeys(name, text);
  return value;
}

/** How deep brackets are nested outside strings, valid or not. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) inString = !inString;
    else if (inString) {
      if (code === 0x5c) i++;
    } else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}

interface Twice {
  readonly path: string;
  readonly key: string;
  readonly lines: readonly [number, number];
}

function refuseDoubleKeys(name: string, text: string): void {
  const open: Map<string, number>[] = [];
  const found: Twice[] = [];
  visit(text, {
    onObjectBegin: () => {
      open.push(new Map());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (key, _offset, _length, line, _column, path) => {
      const lines = open.at(-1)!;
      const first = lines.get(key);
      if (first !== undefined) found.push({ path: pathText([...path(), key]), key, lines: [first + 1, line + 1] });
      else lines.set(key, line);
    },
  });
  if (found.length === 0) return;
  const issues = found.map(({ path, key, lines: [first, second] }) => ({
    message: `${path}: stands twice in ${name}, in lines ${first} and ${second}`,
    path,
    value: key,
    hint: "rename one of them, or remove it: of keys that are equal only the last would count",
  }));
  const { path, value, hint } = issues[0]!;
  throw new DefinitionError(issues.map(({ message }) => message).join("\n"), { path, value, hint }, issues);
}
