// A Python process that times itself on request, one thread, line by line.
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts `script` with a python3 that has `module`, and waits for its first line; undefined, with a notice, where there is none. */
export async function startPython(module, script) {
  const python = ["python3", "/usr/bin/python3"].find((name) => spawnSync(name, ["-c", `import ${module}`]).status === 0);
  if (python === undefined) {
    console.error(`skipped: the comparison with ${module}, which python3 does not find here`);
    return undefined;
  }
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child = spawn(python, [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    tell: (line) => child.stdin.write(`${line}\n`),
    /** CPU seconds per call, the mean of `calls`. */
    seconds: async (calls) => {
      child.stdin.write(`time ${calls}\n`);
      return Number((await lines.next()).value);
    },
    stop: () => child.stdin.end(),
  };
}
