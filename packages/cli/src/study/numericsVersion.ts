import { readFileSync } from "node:fs";
import { hashOf, numericsFiles } from "./numericsFiles.js";

/**
 * A hash of everything that turns a definition into numbers. Two runs with equal definitions and equal numerics versions have equal rows, so a complete one
 * need not be made again. It is the hash that the build has made of the code without comments and line breaks, unless the files are no longer those of the build: then
 * their own.
 */
export function numericsVersion(): string {
  const files = hashOf(numericsFiles());
  const built = buildHashes();
  return built?.files === files ? built.numerics : files;
}

function buildHashes(): { readonly files: string; readonly numerics: string } | undefined {
  try {
    return JSON.parse(readFileSync(new URL("../numerics.json", import.meta.url), "utf8"));
  } catch {
    return undefined; // tsc alone has run
  }
}
