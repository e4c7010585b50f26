// Fences of the style guide that a linter does not know: file length, file names that admit everything, openings of doc comments, imports between packages,
// circles of imports inside a package, the order of the rooms of the core, the sides of the worker of the browser, the places of tests,
// doc comments of what users call, hosts that ask which member they have.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { unnamedSubjects } from "./docComments.mjs";
import { circles, importsOf, outOfOrder } from "./imports.mjs";
import { askedMembers, isRegistry, membersOf } from "./members.mjs";
import { misplacedTests } from "./mirror.mjs";
import { undocumented } from "./publicDocs.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));
const maxLines = 400;
const drawers = new Set(["utils", "util", "helpers", "common", "misc", "types", "constants", "shared"]);
const mayImport = {
  kernels: [],
  reference: ["kernels"],
  core: ["kernels"],
  node: ["core", "certificates", "formats", "kernels", "reference"],
  browser: ["core", "certificates", "kernels", "reference"],
  laws: [],
  formats: ["core"],
  certificates: ["core", "kernels"],
  experiments: ["core", "certificates", "formats"],
  cli: ["core", "certificates", "formats", "experiments", "node", "laws"],
  web: ["kernels", "core", "certificates", "formats", "experiments", "browser"],
};
/** Folders of packages/core/src: each may import those before it. */
const coreRooms = [
  "error",
  "number",
  "check",
  "json",
  "random",
  "recipe",
  "carry",
  "norm",
  "loss",
  "direction",
  "margin",
  "kkt",
  "activation",
  "tape",
  "layer",
  "network",
  "head",
  "optimizer",
  "step",
  "parts",
  "record",
  "train",
];
/** Folders of packages/browser/src by side of the worker, with those of the others that each may import. */
const browserRooms = { message: [], page: ["message"], worker: ["message"] };
/** Entry points for users, by the names that files of that kind have in any package. */
const publicEntries = ["index.ts", "serve.ts"];
const coreEntries = ["index.ts", "internal.ts"];
/** Folders of tests without a counterpart in src, whose tests are about the package as a whole, by package. */
const wholeTests = { web: ["page"] };
const problems = [];
const texts = new Map();
const testTexts = new Map();

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "dist", "build", "wasm", ".git"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.(ts|tsx|mts|mjs|css)$/.test(entry.name) ? [path] : [];
  });
}

for (const path of ["assembly", "packages", "bench", "tools"].flatMap((folder) => sources(join(root, folder)))) {
  const name = relative(root, path);
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n").length - 1;
  if (lines > maxLines) problems.push(`${name}: ${lines} lines, at most ${maxLines}`);
  if (drawers.has(basename(path).replace(/\..*$/, ""))) problems.push(`${name}: a file name that admits everything`);
  for (const { line, text: opening } of unnamedSubjects(text)) {
    problems.push(`${name}:${line}: a doc comment names its subject with a noun, not "${opening.slice(0, 40)}..."`);
  }
  const [, owner, side] = name.match(/^packages\/([^/]+)\/(src|test)\//) ?? [];
  if (!owner) continue;
  if (side === "test") {
    const ofSources = text.replaceAll(/(")((?:\.\.\/)+)dist\//g, "$1$2src/"); // what is built is made of the source of that name
    testTexts.set(owner, (testTexts.get(owner) ?? new Map()).set(name, ofSources));
    continue;
  }
  texts.set(owner, (texts.get(owner) ?? new Map()).set(name, text));
  for (const [, target] of text.matchAll(/from "@steepest\/([a-z]+)(?:\/[a-z]+)?"/g)) {
    if (!mayImport[owner].includes(target)) problems.push(`${name}: ${owner} may not import ${target}`);
  }
}

const ids = new Set(
  [...texts.values()].flatMap((files) => [...files].flatMap(([name, text]) => (isRegistry(name) ? membersOf(text) : []))),
);
for (const [owner, files] of texts) {
  for (const [name, text] of owner === "laws" ? [] : files) {
    for (const { line, id } of askedMembers(text, ids)) {
      problems.push(`${name}:${line}: asks for the member ${id}; let members declare what differs`);
    }
  }
  const imports = importsOf(files);
  for (const circle of circles(imports)) problems.push(`${circle[0]}: a circle of imports: ${circle.join(", ")}`);
  if (owner === "core") problems.push(...outOfOrder(imports, join("packages", "core", "src"), coreRooms, coreEntries));
  if (owner === "browser") problems.push(...acrossTheWorker(imports));
  for (const entry of publicEntries.map((name) => join("packages", owner, "src", name))) {
    if (files.has(entry)) problems.push(...undocumented(entry, files));
  }
  const withTests = importsOf(new Map([...files, ...(testTexts.get(owner) ?? [])]));
  problems.push(...misplacedTests(withTests, join("packages", owner), ["index.ts", "internal.ts"], wholeTests[owner]));
}

/** Imports from one side of the worker to the other, as problems. */
function acrossTheWorker(imports) {
  const roomOf = (name) => Object.keys(browserRooms).find((room) => name.startsWith(join("packages", "browser", "src", room, "/")));
  return [...imports].flatMap(([name, targets]) => {
    const room = roomOf(name);
    const beyond = targets.filter((target) => room && ![undefined, room, ...browserRooms[room]].includes(roomOf(target)));
    return beyond.map((target) => `${name}: ${room} may not import ${target}`);
  });
}

for (const problem of problems) console.error(`structure: ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
