// A peer in Python.
import { spawnSync } from "node:child_process";
import { startPeer } from "./peer.mjs";

/** Starts `script` with a python3 that has `module`; undefined, with a notice, where there is none. */
export async function startPython(module, script, env) {
  const python = ["python3", "/usr/bin/python3"].find((name) => spawnSync(name, ["-c", `import ${module}`]).status === 0);
  if (python !== undefined) return startPeer(python, [script], env);
  console.error(`skipped: the comparison with ${module}, which python3 does not find here`);
  return undefined;
}
