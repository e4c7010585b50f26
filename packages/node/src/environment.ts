import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { pathToFileURL } from "node:url";
import { KernelLoadError } from "@steepest/kernels";
import { type HostKind, hostKind } from "./engine.js";
import { readKernelBinary } from "./kernelBinary.js";

/** The software and machine that made a run. Only `packages` and `kernelHash` can change a result. */
export interface Environment {
  readonly packages: Readonly<Record<string, string>>;
  /** SHA-256 of the kernel binary. */
  readonly kernelHash: string;
  /** The host of the kernels: the binary, or its twin, which gives the same bits. */
  readonly host: HostKind;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly threads: number;
}

/**
 * The environment of this process.
 *
 * @param kernelBytes  the binary in use, when it is not the installed one
 * @returns plain data, as environment.json holds it
 * @throws KernelLoadError  if there is no installed binary, or in a bundle, which does not know its versions
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

/** Versions of the packages. @throws KernelLoadError  in a bundle, which holds no manifests: those near it are of other packages */
async function packageVersions(): Promise<Record<string, string>> {
  const names = ["@steepest/node", "@steepest/core", "@steepest/kernels"];
  const versions: Record<string, string> = {};
  try {
    const require = createRequire(import.meta.url);
    const entries = names.slice(1).map((name) => pathToFileURL(require.resolve(name)).href);
    for (const [i, entry] of [import.meta.url, ...entries].entries()) {
      const { name, version } = JSON.parse(await readFile(new URL("../package.json", entry), "utf8"));
      if (name !== names[i]) throw new Error(`the manifest where that of ${names[i]} should be is of ${name}`);
      versions[name] = version;
    }
    return versions;
  } catch (cause) {
    throw new KernelLoadError(`describeEnvironment: the versions of the packages cannot be read: ${(cause as Error).message}`, {
      path: "packages",
      cause,
      hint: "a bundle does not hold them: leave @steepest/* out of it (esbuild: --packages=external)",
    });
  }
}
