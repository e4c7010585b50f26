import { createRequire } from "node:module";
import { isSteepestError } from "@steepest/core";
import { createEngine } from "@steepest/node";
import satisfies from "semver/functions/satisfies.js";
import type { Finding } from "./finding.js";

const { engines } = createRequire(import.meta.url)("../../package.json") as { engines: { node: string } };

/** The version of Node, against those that the package says it needs. */
export function nodeFinding(version: string = process.versions.node): Finding {
  const found = `${version} on ${process.platform} ${process.arch}`;
  return satisfies(version, engines.node)
    ? { subject: "Node", state: "ok", found }
    : { subject: "Node", state: "problem", found, hint: `install a version that is ${engines.node}` };
}

/** The kernels, loaded and made to compute: e^0 is 1. */
export async function kernelFinding(): Promise<Finding> {
  const subject = "kernels";
  try {
    await using engine = await createEngine();
    return engine.host === "wasm"
      ? { subject, state: "ok", found: "WebAssembly with SIMD, the binary is as it was built" }
      : {
          subject,
          state: "absent",
          found: "no WebAssembly in this Node: the twin in JavaScript computes, the same numbers, many times slower",
          hint: "start Node without --jitless",
        };
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    return { subject, state: "problem", found: error.message, hint: error.hint ?? "install steepest again" };
  }
}
