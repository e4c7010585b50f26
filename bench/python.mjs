// A peer in Python.
import { spawnSync } from "node:child_process";
import { startPeer } from "./peer.mjs";

/**
 * The environment in which malloc keeps its memory. PyTorch allocates its buffers anew in every step; as installed, malloc takes them from the operating system and
 * gives them back each time, and the time goes into page faults.
 */
export const keptMemory = {
  MALLOC_MMAP_THRESHOLD_: "4000000000",
  MALLOC_TRIM_THRESHOLD_: "8000000000",
  MALLOC_TOP_PAD_: "268435456",
};

/** Starts `script` with a python3 that has `module`; undefined, with a notice, where there is none. */
export async function startPython(module, script, env) {
  const python = ["python3", "/usr/bin/python3"].find((name) => spawnSync(name, ["-c", `import ${module}`]).status === 0);
  if (python !== undefined) return startPeer(python, [script], env);
  console.error(`skipped: the comparison with ${module}, which python3 does not find here`);
  return undefined;
}
