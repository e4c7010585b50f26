import { createRequire } from "node:module";

/** The folder of the peers from npm, outside of the workspace, which does not need them: npm ci --prefix bench/peers. */
const folder = new URL("../peers/", import.meta.url);

export const requirePeer = createRequire(folder);

/** True where TensorFlow.js is installed there; says so where it is not. */
export function hasTfjs() {
  try {
    requirePeer.resolve("@tensorflow/tfjs-backend-wasm/package.json");
    return true;
  } catch {
    console.error("skipped: the comparison with tfjs-wasm, which is not installed: npm ci --prefix bench/peers");
    return false;
  }
}
