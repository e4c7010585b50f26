import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { expect, test } from "vitest";
import { commandHint, commandMessage } from "../src/hints.js";

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof (value as Partial<Node> | null)?.type === "string";

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const element of value) walk(element, visit);
  else if (isNode(value)) {
    visit(value);
    for (const member of Object.values(value)) walk(member, visit);
  }
}

/** Every text within an expression; a template's placeholder is "...". */
function textsOf(expression: unknown): string[] {
  const texts: string[] = [];
  walk(expression, ({ type, value, quasis }) => {
    if (type === "Literal" && typeof value === "string") texts.push(value);
    if (type === "TemplateLiteral") texts.push((quasis as { value: { cooked: string } }[]).map((part) => part.value.cooked).join("..."));
  });
  return texts;
}

/** Every text that the built code of a package assigns to a `hint`. */
function hintsOf(name: string): string[] {
  const folder = fileURLToPath(new URL(`../../${name}/dist/`, import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const hints: string[] = [];
  for (const file of files) {
    walk(parseAst(readFileSync(join(folder, file), "utf8")), ({ type, key, id, value, init, body }) => {
      const called = ((key ?? id) as { name?: string } | undefined)?.name ?? "";
      if (!/hint/i.test(called)) return;
      if (type === "Property") hints.push(...textsOf(value));
      if (type === "VariableDeclarator") hints.push(...textsOf(init));
      if (type === "FunctionDeclaration") hints.push(...textsOf(body));
    });
  }
  return hints.filter((hint) => hint.length > 8);
}

/** Words for things that only a program can do that calls the library. */
const programmers =
  /createEngine|engine\.|ArenaPlan|readRunFolder|fresh: true|fresh folder|close\(\)|@steepest\/|\.wasm|Response|\btrack\b|projectBall\(/;

/** Hints for programs that bring a norm of their own, call the library after closing it, plan memory by themselves, or are bundled: no command does. */
const neverSaid = [
  /^add projectBall\(x, radius\)$/,
  /^add it to track; tracked: /,
  /^size the memory with ArenaPlan/,
  /^create another with createEngine\(\)$/,
  /^a bundle does not hold them/,
  /^make another with engine\.train\(\)$/,
  /^pass what loadKernels\(\) gives/,
];

const libraries = ["core", "kernels", "node", "experiments"];

test("no hint of a library speaks to programmers on the command line", () => {
  const hints = libraries.flatMap(hintsOf);
  expect(hints.length).toBeGreaterThan(30);
  expect(hints.filter((hint) => programmers.test(hint)).length).toBeGreaterThan(8); // or there is nothing to translate
  const said = hints.filter((hint) => !neverSaid.some((pattern) => pattern.test(hint))).map(commandHint);
  expect(said.filter((hint) => programmers.test(hint))).toEqual([]);
});

test("hints about data files, definitions and the disk stay as they are", () => {
  for (const hint of [
    "the file is truncated; download it again",
    "the disk is full; free some space and run again",
    "set normalized: true (steepest), or use constant, powerLaw, warmUp, cosine or linearDecay sizes, or lossBased",
    'did you mean "l1"?',
  ])
    expect(commandHint(hint)).toBe(hint);
});

test.each([
  ["createEngine: file:///x.wasm cannot be read: ENOENT", "the kernels cannot be loaded: file:///x.wasm cannot be read: ENOENT"],
  ["jobs[3]: the worker worker.js ended with exit code 7", "a worker thread ended with exit code 7"],
  ["ArenaPlan: 9 bytes needed, at most 8 can be addressed", "the run needs 9 bytes of memory, at most 8 can be addressed"],
  ["arms.sign.step.c: must be positive, got 0", "arms.sign.step.c: must be positive, got 0"],
])("no message begins with a function of ours: %s", (message, said) => {
  expect(commandMessage(message)).toBe(said);
});

test("a worker whose module is missing is a part that is missing", () => {
  expect(commandHint(hintsOf("node").find((hint) => hint.includes("is not there: install"))!)).toContain("install it again");
});

test("a binary that is damaged and a memory that is refused have different remedies", () => {
  const hints = hintsOf("kernels");
  const damaged = hints.find((hint) => hint.includes("has changed since it was built"))!;
  const refused = hints.find((hint) => hint.includes("address space"))!;
  expect(commandHint(damaged)).toContain("install steepest again");
  expect(commandHint(refused)).toContain("ulimit -v");
  expect(commandHint(refused)).not.toContain("install");
});
