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

/** The files that turn a definition into numbers: the code of core, certificates, experiments and kernels, and the kernel binary. */
export function numericsFiles(): string[] {
  const core = dirname(fileURLToPath(import.meta.resolve("@steepest/core")));
  const experiments = dirname(fileURLToPath(import.meta.resolve("@steepest/experiments")));
  const certificates = dirname(fileURLToPath(import.meta.resolve("@steepest/certificates")));
  const kernels = dirname(createRequire(join(core, "index.js")).resolve("@steepest/kernels"));
  return [
    ...[core, certificates, experiments, kernels].flatMap((folder) => filesBelow(folder, ".js")),
    ...filesBelow(join(kernels, "..", "wasm"), ".wasm"),
  ];
}

/** SHA-256 in hex of the contents of files, one after another, as `content` gives them. Default: as they are. */
export function hashOf(files: readonly string[], content: (bytes: Buffer, name: string) => Buffer | string = (bytes) => bytes): string {
  const hash = createHash("sha256");
  for (const name of files) hash.update(content(readFileSync(name), name));
  return hash.digest("hex");
}
