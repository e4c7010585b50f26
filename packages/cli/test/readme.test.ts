import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { steepest } from "./support/steepest.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const readmes = ["README.md", "CONTRIBUTING.md", ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`)].filter(
  (path) => existsSync(join(root, path)),
);

const guides = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`);

/** The blocks of a language, in their order. */
function blocks(path: string, language: string): string[] {
  return [...read(path).matchAll(/```(\w*)\n(.*?)```/gs)].filter(([, of]) => of === language).map(([, , text]) => text!);
}

/** Lines such as `x.id; // "a"` as assertions. */
function asserting(code: string): string {
  const claim = /^(.+); \/\/ ("[^"]*"|true)$/gm;
  return `import assert from "node:assert";\n${code.replace(claim, "assert.deepStrictEqual($1, $2);")}`;
}

/** A program as it stands in a README, run from the folder of the clone. */
async function run(code: string, folder = "."): Promise<string> {
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", asserting(code)];
  return (await promisify(execFile)(process.execPath, args, { cwd: join(root, folder) })).stdout;
}

describe("a program in a README runs from the clone", () => {
  test("the first, to the step, log risk and margin that stand beside it", async () => {
    const said = /ends at step (\d+) with a log risk of (-[\d.]+) and an ℓ∞\s+margin of ([\d.]+)/.exec(read("README.md"))!;
    const lines = (await run(blocks("README.md", "ts")[0]!)).split("\n");
    const points = lines
      .map((line) => line.split(" ").map(Number))
      .filter((numbers) => numbers.length === 4 && !numbers.some(Number.isNaN));
    const [step, logRisk, margin] = points.at(-1)!;
    expect([String(step), logRisk!.toFixed(1), margin!.toFixed(3)]).toEqual(said.slice(1));
    expect(lines.join()).toMatch(/kappa \[ 0\.9405\d+, 0\.9405\d+ \]/);
  });

  test("core: a run, data of several classes and targets, and norms as values", async () => {
    const [train, data, values, ...others] = blocks("packages/core/README.md", "ts");
    expect(others).toEqual([]);
    expect(Number((await run(train!)).trim().split("\n").at(-1)!.split(" ")[1])).toBeLessThan(-2302.6);
    await run(data!);
    expect(asserting(values!).match(/assert\.deepStrictEqual/g)).toHaveLength(2);
    await run(values!);
  });

  test.each([
    ["kernels", [2]],
    ["reference", [2]],
    ["certificates", [2]],
    ["formats", [2, 1]],
  ])("%s: what stands beside its lines", async (name, claims) => {
    const programs = blocks(`packages/${name}/README.md`, "ts");
    expect(programs.map((code) => asserting(code).match(/assert\.deepStrictEqual/g)?.length)).toEqual(claims);
    for (const code of programs) await run(code, `packages/${name}`);
  });

  test("every other program of TypeScript is of docs/extending.md, which tools/extension-check.mjs runs, or of browser, whose own tests do", () => {
    const tested = [
      "README.md",
      ...["core", "node", "experiments", "laws", "kernels", "reference", "certificates", "formats"].map(
        (name) => `packages/${name}/README.md`,
      ),
    ];
    const others = [...readmes, ...guides].filter((path) => !tested.includes(path) && blocks(path, "ts").length > 0);
    expect(others.sort()).toEqual(["docs/extending.md", "packages/browser/README.md"]);
  });

  test("node: a run", async () => expect(await run(blocks("packages/node/README.md", "ts")[0]!)).toMatch(/kappa \[ 0\.\d+, 0\.\d+ \]/));

  test("experiments: a study, whose claims hold", async () => {
    const table = await run(blocks("packages/experiments/README.md", "ts")[0]!);
    expect(table).toContain("true");
    expect(table).not.toContain("false");
  });

  test("laws: a report, as it is printed there", async () => {
    const report = await run(blocks("packages/laws/README.md", "ts")[0]!);
    for (const line of blocks("packages/laws/README.md", "")[0]!.trim().split("\n")) {
      expect(report).toContain(line.replace(/ \[\.\.\.\]$/, "").trimEnd());
    }
  });
});

/** `steepest ...` at the start of a line or of a cell of a table, without the comment beside it. */
function commands(path: string): string[] {
  return [...read(path).matchAll(/(?:^|^\| `)steepest ([^`\n]*?)(?:`| {2,}.*| +#.*)?$|^\| `steepest ([^`]+)`/gm)].map(
    ([, a, b]) => (a ?? b)!,
  );
}

test.each(readmes.filter((path) => commands(path).length > 0))("%s: its commands are commands, and so are their options", async (path) => {
  const names = new Map<string, string>();
  for (const command of commands(path)) {
    const [name, ...rest] = command.split(" ");
    if (!names.has(name!)) names.set(name!, (await steepest([name!, "--help"])).stdout);
    const help = names.get(name!)!;
    expect(help, command).toContain(`Usage: steepest ${name}`);
    for (const option of rest.filter((word) => /^--\w/.test(word))) expect(help, command).toMatch(new RegExp(`${option}\\b`));
  }
});

/** Paths that a text of docs/ adds, so that they need not be there. */
const added = new Set([...read("docs/extending.md").matchAll(/^`([^`\n]+)`\n\n```ts$/gm)].map(([, path]) => path!));

/** `a/{b,c}` as a/b and a/c; a pattern or a placeholder as the folder before it. */
function expanded(path: string): string[] {
  const [, before, choices, after] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  if (choices !== undefined) return choices.split(",").flatMap((choice) => expanded(`${before}${choice}${after}`));
  return [path.replace(/[^/]*[*<].*$/, "")];
}

test.each([...readmes, ...guides, "assembly/README.md"])("%s: the files that it names exist", (path) => {
  const text = read(path);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link]) => join(dirname(path), link!));
  const paths = [...text.matchAll(/(?:^|[\s`"])((?:packages|assembly|bench|docs|tools)\/[\w./{},*<>-]*)/g)].flatMap(([, named]) =>
    expanded(named!),
  );
  for (const named of [...links, ...paths]) {
    if (!added.has(named)) expect(existsSync(join(root, named)), `${path} names ${named}`).toBe(true);
  }
});

test("every name of the glossary occurs in the sources", () => {
  const sources = readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name, "src"))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path));
  const words = new Set(sources.flatMap((path) => readFileSync(path, "utf8").match(/\w+/g) ?? []));
  const cells = [...read("docs/glossary.md").matchAll(/^\|.*\| ([^|]*) \|$/gm)].map(([, cell]) => cell!);
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)).filter((name) => !/[/{]/.test(name));
  expect(names.length).toBeGreaterThan(50);
  const isThere = (name: string): boolean => name.split(".").every((word) => words.has(word));
  expect(names.filter((name) => name !== "assembly" && !isThere(name))).toEqual([]);
});

test.each([...readmes, ...guides, "assembly/README.md", "bench/README.md"])("%s: lines of text have at most 170 characters", (path) => {
  const long = read(path)
    .split("\n")
    .filter((line) => [...line].length > 170 && !line.startsWith("|"));
  expect(long).toEqual([]);
});
