// After tsc: dist/worker.js, which imports nothing and so can be copied, a copy of the binary beside it, and the stamps by which the parts know each other;
// dist/certificates.js and the binary of its solver, which the worker loads when a certificate is asked for.
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
const binary = readFileSync(at("../kernels/wasm/steepest.wasm"));
const [binarySection] = WebAssembly.Module.customSections(new WebAssembly.Module(binary), "steepest.build");
const binaryStamp = new TextDecoder().decode(binarySection);
const unstamped = "the build that this worker is of"; // stands in the worker while it is hashed

let certificatesStamp;

function writeStamps(buildStamp) {
  const lines = Object.entries({ buildStamp, binaryStamp, certificatesStamp }).map(
    ([name, stamp]) => `export const ${name} = ${JSON.stringify(stamp)};\n`,
  );
  writeFileSync(at("dist/message/buildStamp.js"), lines.join(""));
}

/** In certificates.js the package `highs` is the loader that is told where its binary lies. */
const solver = {
  name: "solver",
  setup({ onResolve }) {
    onResolve({ filter: /^highs$/ }, ({ importer }) =>
      importer.endsWith("highsLoader.js") ? undefined : { path: at("dist/worker/highsLoader.js") },
    );
  },
};
const certificates = await build({
  entryPoints: [at("dist/worker/certificatesEntry.js")],
  write: false,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minifyWhitespace: true,
  external: ["node:module"], // asked for on Node alone
  plugins: [solver],
  logLevel: "warning",
});
const certificatesText = certificates.outputFiles[0].text;
certificatesStamp = `${version}+${createHash("sha256").update(certificatesText).digest("hex").slice(0, 16)}`;
writeFileSync(at("dist/certificates.js"), `${certificatesText}export const stamp = ${JSON.stringify(certificatesStamp)};\n`);
copyFileSync(fileURLToPath(import.meta.resolve("highs/runtime")), at("dist/highs.wasm"));

writeStamps(unstamped);
const { outputFiles } = await build({
  entryPoints: [at("dist/worker/workerEntry.js")],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minifyWhitespace: true, // and nothing else: arithmetic stays as it was written
  logLevel: "warning",
});
const [{ text }] = outputFiles;
if (text.split(unstamped).length !== 2) throw new Error("bundle: the worker does not hold its stamp exactly once");
const buildStamp = `${version}+${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
writeStamps(buildStamp);
writeFileSync(at("dist/worker.js"), text.replace(unstamped, buildStamp));
writeFileSync(at("dist/steepest.wasm"), binary);
