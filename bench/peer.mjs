// A process that times itself on request, one thread, line by line.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const oneThread = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

/** Starts a peer and waits for its first line. */
export async function startPeer(command, args, env = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...oneThread, ...env }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${args[0]}: the peer ended`);
    return value;
  };
  const started = await answer();
  return {
    /** Its first line. */
    started,
    tell: (line) => child.stdin.write(`${line}\n`),
    answer,
    /** CPU seconds per call, the mean of `calls`. */
    seconds: async (calls) => {
      child.stdin.write(`time ${calls}\n`);
      return Number(await answer());
    },
    stop: () => child.stdin.end(),
  };
}
