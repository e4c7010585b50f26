// After tsc: dist/worker.js, which imports nothing and so can be copied, and a copy of the binary beside it.
import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: [at("dist/workerEntry.js")],
  outfile: at("dist/worker.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minifyWhitespace: true, // and nothing else: arithmetic stays as it was written
  logLevel: "warning",
});
copyFileSync(at("../kernels/wasm/steepest.wasm"), at("dist/steepest.wasm"));
