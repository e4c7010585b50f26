import { join } from "node:path";
import { expect, test } from "vitest";
import { undocumented } from "./publicDocs.mjs";

/** Problems of one file of which these names are public, without its path. */
function problemsOf(text: string, names: string): string[] {
  const texts = new Map([
    [join("src", "index.ts"), `export { ${names} } from "./room/one.js";\n`],
    [join("src", "room", "one.ts"), text],
  ]);
  return undocumented(join("src", "index.ts"), texts).map((problem) => problem.replace(join("src", "room", "one.ts:"), ""));
}

test("what an entry point exports by a star is public too", () => {
  const [index, registry, one] = ["index.ts", "registry.ts", "one.ts"].map((name) => join("src", name)) as [string, string, string];
  const texts = new Map([
    [index, 'export * from "./registry.js";\n'],
    [registry, 'export { f } from "./one.js";\nexport function g(a: number): void {}\nfunction h(a: number): void {}\n'],
    [one, "export function f(a: number): void {}\nexport function i(a: number): void {}\n"],
  ]);
  expect(undocumented(index, texts).sort()).toEqual([`${one}:1: f lacks a doc comment`, `${registry}:2: g lacks a doc comment`]);
});

// Assembled, so that no check takes them for comments of this file.
const doc = (...lines: string[]): string => [`/${"*"}*`, ...lines.map((line) => ` * ${line}`), " */"].join("\n");
const whole = doc("Area.", "", "@param a  length", "@param b  length", "@returns a number");

test.each([
  ["a function", `${whole}\nexport function f(a: number, b = 1): number {\n  return a * b;\n}\n`],
  ["a pattern, whose name is the comment's", `${doc("Does.", "@param options  a and b")}\nexport function f({ a, b }: O): void {}\n`],
  ["one that returns nothing", `${doc("Waits.")}\nexport async function f(): Promise<void> {}\n`],
  ["rest parameters", `${doc("Sum.", "@param a  terms", "@returns a sum")}\nexport function f(...a: number[]): number {\n  return 0;\n}\n`],
  ["one that is not public", "export function g(a: number): number {\n  return a;\n}\n"],
  ["overloads", `${whole}\nexport function f(a: number, b: number): number;\nexport function f(a: any, b: any): any {}\n`],
  ["an interface of functions that members define", "export interface f {\n  norm(x: number): number;\n}\n"],
  [
    "private methods, getters and symbols",
    "export class f {\n  #a(x: number): number { return x; }\n  private b(x: number): number { return x; }\n  get c(): number { return 1; }\n  [Symbol.dispose](): void {}\n}\n",
  ],
])("%s is documented", (_what, text) => expect(problemsOf(text, "f")).toEqual([]));

test.each([
  ["export function f(a: number): number {\n  return a;\n}\n", "1: f lacks a doc comment"],
  [
    `${doc("Area.", "@param a  length")}\nexport function f(a: number, b = 1): number {\n  return a * b;\n}\n`,
    "5: f lacks @param b, @returns",
  ],
  [`${doc("Area.", "@param a", "@returns a number")}\nexport function f(a: number): number {\n  return a;\n}\n`, "6: f lacks @param a"],
  [`${doc("Does.")}\nexport function f({ a }: O): void {}\n`, "4: f lacks @param of its pattern"],
  [
    `${whole}\nexport function f(a: number, b: number): number;\nexport function f(): number;\nexport function f(): any {}\n`,
    "9: f lacks a doc comment",
  ],
  ["export class f {\n  constructor(a: number) {}\n}\n", "2: f.constructor lacks a doc comment"],
  [`export class f {\n  ${doc("Value.")}\n  async value(): Promise<number> { return 1; }\n}\n`, "5: f.value lacks @returns"],
  ["export interface f extends AsyncDisposable {\n  points(options: O): X;\n}\n", "2: f.points lacks a doc comment"],
])("%j is not", (text, problem) => expect(problemsOf(text, "type f")).toEqual([problem]));
