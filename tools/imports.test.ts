import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { circles, importsOf, outOfOrder } from "./imports.mjs";

const textsOf = (files: Record<string, string>): Map<string, string> => new Map(Object.entries(files));
const importing = (...targets: string[]): string => targets.map((target) => `import { x } from "${target}";\n`).join("");

describe("imports", () => {
  test("of every kind of statement count, types included, each target once", () => {
    const statements = [
      'import type { A } from "./a.js";',
      'export * from "./a.js";',
      'import {\n  b,\n  type C,\n} from "../room/b.js";',
      'import "./c.js";',
      'const d = await import("./d.js");',
      'import { e } from "@steepest/kernels";',
      'import { f } from "./generated.js";',
    ];
    const files = Object.fromEntries(["a.ts", "b.tsx", "c.ts", "d.ts"].map((name) => [join("room", name), ""]));
    const imports = importsOf(textsOf({ ...files, [join("room", "all.ts")]: statements.join("\n") }));
    expect(imports.get(join("room", "all.ts"))).toEqual(["a.ts", "b.tsx", "c.ts", "d.ts"].map((name) => join("room", name)));
  });

  test("circles are found whatever their length, where they are joined, and of a file with itself", () => {
    const imports = new Map([
      ["top", ["a", "p"]],
      ["a", ["b"]],
      ["b", ["c", "leaf"]],
      ["c", ["a"]],
      ["p", ["q", "a"]],
      ["q", ["p"]],
      ["self", ["self"]],
      ["leaf", []],
    ]);
    expect(circles(imports)).toEqual([["a", "b", "c"], ["p", "q"], ["self"]]);
  });

  test("that meet again without going back are no circle", () => {
    const diamond = new Map([
      ["top", ["left", "right"]],
      ["left", ["bottom"]],
      ["right", ["left", "bottom"]],
      ["bottom", []],
    ]);
    expect(circles(diamond)).toEqual([]);
  });

  test("run from later rooms to earlier ones; only entry points stand in none", () => {
    const [index, low, high, stray, other] = [["index.ts"], ["low", "a.ts"], ["high", "b.ts"], ["stray.ts"], ["other", "c.ts"]].map(
      (path) => join("src", ...path),
    ) as [string, string, string, string, string];
    const ordered = new Map([
      [index, [high, low]],
      [high, [low]],
      [low, []],
    ]);
    expect(outOfOrder(ordered, "src", ["low", "high"], ["index.ts"])).toEqual([]);
    expect(outOfOrder(new Map([[low, [high]]]), "src", ["low", "high"], ["index.ts"])).toEqual([
      `${low}: low may not import high, which comes after it`,
    ]);
    expect(outOfOrder(new Map([[high, [index]]]), "src", ["low", "high"], ["index.ts"])).toEqual([
      `${high}: high may not import index.ts, which comes after it`,
    ]);
    expect(outOfOrder(new Map([[stray, []]]), "src", ["low", "high"], ["index.ts"])).toEqual([
      `${stray}: stands in no room; only index.ts do`,
    ]);
    expect(outOfOrder(new Map([[other, []]]), "src", ["low", "high"], ["index.ts"])).toEqual([
      `${other}: the room other has no place in the order of rooms`,
    ]);
  });
});

describe("the structure check", () => {
  function checked(files: Record<string, string>): { status: number | null; stderr: string } {
    const root = mkdtempSync(join(tmpdir(), "steepest-imports-"));
    onTestFinished(() => rmSync(root, { recursive: true }));
    for (const folder of ["assembly", "packages", "bench", "tools"]) mkdirSync(join(root, folder));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL("structure-check.mjs", import.meta.url)), root], {
      encoding: "utf8",
    });
    return { status, stderr };
  }
  const [one, two] = ["one.ts", "two.ts"].map((name) => join("packages", "web", "src", name)) as [string, string];

  test("passes imports in order", () => {
    const files = { [one]: importing("./two.js"), [two]: "", "packages/core/src/norm/l2.ts": importing("../number/power.js") };
    expect(checked({ ...files, "packages/core/src/number/power.ts": "" })).toEqual({ status: 0, stderr: "" });
  });

  test("refuses a circle, of types only too, in any package", () => {
    const { status, stderr } = checked({ [one]: 'import type { X } from "./two.js";\n', [two]: importing("./one.js") });
    expect({ status, stderr }).toEqual({ status: 1, stderr: `structure: ${one}: a circle of imports: ${one}, ${two}\n` });
  });

  test("refuses an import against the order of the core's rooms", () => {
    const files = { "packages/core/src/norm/l2.ts": importing("../train/train.js"), "packages/core/src/train/train.ts": "" };
    expect(checked(files)).toEqual({
      status: 1,
      stderr: `structure: ${join("packages", "core", "src", "norm", "l2.ts")}: norm may not import train, which comes after it\n`,
    });
  });

  test("refuses an import from one side of the browser's worker to the other", () => {
    const [engine, served, link, message] = ["page/engine", "worker/served", "page/link", "message/message"].map((name) =>
      join("packages", "browser", "src", `${name}.ts`),
    ) as [string, string, string, string];
    const allowed = importing("./link.js") + importing("../message/message.js");
    expect(checked({ [engine]: allowed, [link]: "", [message]: "" })).toEqual({ status: 0, stderr: "" });
    const across = { [engine]: importing("../worker/served.js"), [served]: "" };
    expect(checked(across)).toEqual({ status: 1, stderr: `structure: ${engine}: page may not import ${served}\n` });
    const outward = { [message]: importing("../page/link.js"), [link]: "" };
    expect(checked(outward)).toEqual({ status: 1, stderr: `structure: ${message}: message may not import ${link}\n` });
  });

  test("refuses an internal entry of a package that may not be imported", () => {
    const file = join("packages", "laws", "src", "law.ts");
    expect(checked({ [file]: 'import { nearest } from "@steepest/core/internal";\n' })).toEqual({
      status: 1,
      stderr: `structure: ${file}: laws may not import core\n`,
    });
  });
});
