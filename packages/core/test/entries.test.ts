import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as index from "../src/index.js";
import * as internal from "../src/internal.js";

interface Manifest {
  readonly main: string;
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, { readonly default: string }>>;
}

const home = new URL("../", import.meta.url);
const manifestAt = (path: string): Manifest => JSON.parse(readFileSync(new URL(path, home), "utf8"));

test("every entry is the same file to resolvers that read no exports, such as Parcel's", () => {
  const { exports, files } = manifestAt("package.json");
  expect(Object.keys(exports)).toEqual([".", "./internal"]);
  for (const [entry, { default: file }] of Object.entries(exports)) {
    const manifest = `${entry}/package.json`;
    expect(new URL(manifestAt(manifest).main, new URL(manifest, home)).href).toBe(new URL(file, home).href);
    if (entry !== ".") expect(files).toContain(entry.slice(2));
  }
});

test("no name is in both entries", () => {
  expect(Object.keys(internal).filter((name) => name in index)).toEqual([]);
});
