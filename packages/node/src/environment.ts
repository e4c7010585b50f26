import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { pathToFileURL } from "node:url";
import { type HostKind, hostKind } from "./engine.js";
import { readKernelBinary } from "./kernelBinary.js";

/** What a run was made with. Only `packages` and `kernelHash` can change a result. */
export interface Environment {
  readonly packages: Readonly<Record<string, string>>;
  /** SHA-256 of the kernel binary. */
  readonly kernelHash: string;
  /** What computed: the binary, or its twin, which gives the same bits. */
  readonly host: HostKind;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly threads: number;
}

/**
 * @param kernelBytes  the binary in use, when it is not the installed one
 * @throws KernelLoadError  if there is no installed binary
 */
export async function describeEnvironment(kernelBytes?: Uint8Array): Promise<Environment> {
  const bytes = kernelBytes ?? (await readKernelBinary());
  return {
    packages: await packageVersions(),
    kernelHash: createHash("sha256").update(bytes).digest("hex"),
    host: hostKind(),
    node: process.versions.node,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    threads: availableParallelism(),
  };
}

async function packageVersions(): Promise<Record<string, string>> {
  const require = createRequire(import.meta.url);
  const entries = ["@steepest/core", "@steepest/kernels"].map((name) => pathToFileURL(require.resolve(name)).href);
  const manifests = [import.meta.url, ...entries].map((entry) => new URL("../package.json", entry));
  const texts = await Promise.all(manifests.map((manifest) => readFile(manifest, "utf8")));
  return Object.fromEntries(texts.map((text) => JSON.parse(text)).map(({ name, version }) => [name, version]));
}
