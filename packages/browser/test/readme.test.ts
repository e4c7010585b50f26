import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { chromiumOptions, chromiumPath } from "../../../tools/chromium.js";
import { serve } from "../../../tools/staticServer.js";
import { bundlePrograms, makeProject } from "./apps.js";

const clone = new URL("../../../", import.meta.url);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const programs = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, text]) => text!);
const [first, worker, page] = programs as [string, string, string];

let root: string;
beforeAll(async () => {
  root = await makeProject();
  for (const [name, text] of Object.entries({ first, "training.worker": worker, page })) write(name, text);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): void {
  writeFileSync(join(root, "src", `${name}.ts`), text);
}

test("the README has three programs: the first, and a worker with its page", () => {
  expect(programs).toHaveLength(3);
  expect([worker, page].map((text) => text.split("\n")[0])).toEqual(["// training.worker.ts", "// page.ts"]);
});

test("the programs of the README are right by their types", () => {
  const lib = ["ESNext", "DOM", "DOM.Iterable", "DOM.AsyncIterable"];
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: "ES2023",
    module: "ESNext",
    lib,
    types: [],
  };
  const files = ["first", "training.worker", "page"].map((name) => `src/${name}.ts`);
  writeFileSync(
    join(root, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, moduleResolution: "bundler" }, files }),
  );
  const tsc = join(dirname(createRequire(clone).resolve("typescript/package.json")), "bin/tsc");
  const typed = (): string => {
    try {
      return execFileSync(process.execPath, [tsc, "-p", root], { encoding: "utf8" });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  expect(typed()).toBe("");
  write("page", page.replace("{ seed: 7 }", '{ seed: "seven" }'));
  expect(typed()).toContain("src/page.ts"); // so that types are looked at
  write("page", page);
});

describe.skipIf(chromiumPath === undefined)("in Chromium", () => {
  /** Lines that a page logs until its program has ended. */
  async function logged(name: string): Promise<string[]> {
    for (const [each, text] of Object.entries({ first, page })) write(each, `${text}\nconsole.log("ended");\n`);
    await bundlePrograms(root, join(root, "programs"), ["first", "page"], ["training.worker"]);
    await using server = await serve(root);
    const browser = await chromium.launch(chromiumOptions);
    onTestFinished(() => browser.close());
    const opened = await browser.newPage();
    const lines: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      opened.on("console", (message) => (message.text() === "ended" ? resolve() : lines.push(message.text())));
      opened.on("pageerror", reject);
    });
    await opened.goto(`${server.origin}/plain/programs/${name}.html`);
    await ended;
    return lines;
  }

  test("the first program of the README says what the same program says on Node", async () => {
    const points = (lines: readonly string[]): string[] => lines.filter((line) => /^\d/.test(line));
    const onNode = first.replace("@steepest/browser", "@steepest/node");
    const args = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", onNode];
    const expected = points(execFileSync(process.execPath, args, { encoding: "utf8", cwd: clone }).split("\n"));
    expect(Number(expected.at(-1)!.split(" ")[1])).toBeLessThan(-2302.6);
    const lines = await logged("first");
    expect(points(lines)).toEqual(expected);
    expect(lines.filter((line) => line.includes("norm: linf"))).toHaveLength(1); // the certificate
  });

  test("the page with a worker of its own trains in the norm that only that worker can build", async () => {
    const lines = await logged("page");
    const points = lines.filter((line) => /^\d/.test(line)).map((line) => line.split(" ").map(Number));
    expect(points.at(-1)![0]).toBe(1000);
    for (const point of points) expect(point).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
    expect(points.flat().some(Number.isNaN)).toBe(false);
    expect(points.at(-1)![1]).toBeGreaterThan(points[0]![1]!); // the margin in that norm grows
    expect(lines.at(-1)).toContain("norm: mine");
  });
});
