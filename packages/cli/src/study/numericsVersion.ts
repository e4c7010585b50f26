import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * A hash of everything that turns a definition into numbers: the kernel binary and the code of the packages that drive it. Two runs with equal
 * definitions and equal numerics versions have equal rows, so a complete one need not be made again.
 */
export function numericsVersion(): string {
  const core = dirname(fileURLToPath(import.meta.resolve("@steepest/core")));
  const experiments = dirname(fileURLToPath(import.meta.resolve("@steepest/experiments")));
  const kernels = dirname(createRequire(join(core, "index.js")).resolve("@steepest/kernels"));
  const hash = createHash("sha256");
  for (const folder of [core, experiments, kernels]) for (const file of filesBelow(folder, ".js")) hash.update(readFileSync(file));
  for (const file of filesBelow(join(kernels, "..", "wasm"), ".wasm")) hash.update(readFileSync(file));
  return hash.digest("hex");
}
