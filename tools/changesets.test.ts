import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../.changeset/", import.meta.url);
const packages = new URL("../packages/", import.meta.url);

test("every changeset names packages of the workspace, each once, and a kind of change", () => {
  const names = readdirSync(packages).map((name) => JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), "utf8")).name);
  const files = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
  expect(files).not.toHaveLength(0);
  for (const file of files) {
    const [, front = ""] = /^---\n(.*?)---\n/s.exec(readFileSync(new URL(file, folder), "utf8")) ?? [];
    const lines = front.trim().split("\n");
    const named = lines.map((line) => /^"([^"]+)": (?:major|minor|patch)$/.exec(line)?.[1]);
    expect(names, `${file}: ${front}`).toEqual(expect.arrayContaining(named));
    expect(new Set(named).size, file).toBe(lines.length);
  }
});
