import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { createServer, type ViteDevServer, build as viteBuild } from "vite";
import webpack from "webpack";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Files that the documentation says to copy where a bundler does not emit them. */
const filesToCopy = ["worker.js", "steepest.wasm", "certificates.js", "highs.wasm"];

/** An empty project with the packages installed and the fixture as its source, as JavaScript. */
export async function makeProject(): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "steepest-browser-")));
  for (const name of ["browser", "certificates", "core", "kernels", "reference"]) install(root, `@steepest/${name}`, here(`../../${name}`));
  install(root, "@assemblyscript/loader", realpathSync(here("../../kernels/node_modules/@assemblyscript/loader")));
  writeFileSync(join(root, "package.json"), JSON.stringify({ private: true, type: "module" }));
  mkdirSync(join(root, "src"));
  for (const file of readdirSync(here("fixture"))) {
    const { code } = await esbuild.transform(readFileSync(here(`fixture/${file}`), "utf8"), { loader: "ts" });
    writeFileSync(join(root, "src", file.replace(/\.ts$/, ".js")), code);
  }
  return root;
}

function install(root: string, name: string, from: string): void {
  const keep = (path: string): boolean => !/[/\\](node_modules|src|test)$/.test(path.slice(from.length));
  cpSync(from, join(root, "node_modules", name), { recursive: true, filter: keep });
}

function writePage(folder: string, body: string, name = "index.html"): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `<!doctype html><meta charset="utf-8"><title>fixture</title>${body}`);
}

const moduleScript = (src: string): string => `<script type="module" src="${src}"></script>`;

/** Every way to build the fixture, without configuration beyond what each needs to bundle anything. Each writes to `out`. */
export const bundlers: Readonly<Record<string, (root: string, out: string) => Promise<void>>> = {
  vite: async (root, out) => {
    writeSourcePage(root);
    await viteBuild({ root, base: "./", logLevel: "error", build: { outDir: out } });
  },
  webpack: async (root, out) => {
    writePage(out, '<script defer src="./main.js"></script>');
    await new Promise<void>((resolve, reject) => {
      webpack({ mode: "production", context: root, entry: "./src/app.js", output: { path: out } }, (error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats!.toString({ all: false, errors: true })));
        else resolve();
      });
    });
  },
  esbuild: async (root, out) => {
    await esbuild.build({
      entryPoints: ["app", "customWorker"].map((name) => join(root, "src", `${name}.js`)),
      outdir: out,
      bundle: true,
      minify: true,
      format: "esm",
      logLevel: "error",
    });
    writePage(out, moduleScript("./app.js"));
    copyDocumentedFiles(root, out);
  },
  rollup: async (root, out) => {
    const input = ["app", "customWorker"].map((name) => join(root, "src", `${name}.js`));
    const bundle = await rollup({ input, plugins: [nodeResolve()], logLevel: "silent" });
    await bundle.write({ dir: out, format: "es" });
    await bundle.close();
    writePage(out, moduleScript("./app.js"));
    copyDocumentedFiles(root, out);
  },
};

/** Bundles that are no ES modules, for a `<script src>` without `type="module"`. */
export const classicBundlers: Readonly<Record<string, (root: string, out: string) => Promise<void>>> = {
  esbuild: async (root, out) => {
    const logOverride = { "empty-import-meta": "silent" } as const;
    const entryPoints = [join(root, "src", "app.js")];
    await esbuild.build({ entryPoints, outdir: out, bundle: true, minify: true, format: "iife", logLevel: "error", logOverride });
    writeClassicPages(root, out);
  },
  rollup: async (root, out) => {
    const bundle = await rollup({ input: join(root, "src", "app.js"), plugins: [nodeResolve()], logLevel: "silent" });
    await bundle.write({ dir: out, format: "iife", name: "app", inlineDynamicImports: true });
    await bundle.close();
    writeClassicPages(root, out);
  },
};

/** Programs of sources in TypeScript of a project, each a page of its name beside the bundles; scripts that pages start have no page of their own. */
export async function bundlePrograms(root: string, out: string, pages: readonly string[], scripts: readonly string[]): Promise<void> {
  const entryPoints = [...pages, ...scripts].map((name) => join(root, "src", `${name}.ts`));
  await esbuild.build({ entryPoints, outdir: out, bundle: true, format: "esm", logLevel: "error" });
  for (const page of pages) writePage(out, moduleScript(`./${page}.js`), `${page}.html`);
  copyDocumentedFiles(root, out);
}

function writeClassicPages(root: string, out: string): void {
  copyDocumentedFiles(root, out);
  const page = `<script src="${basename(out)}/app.js"></script>`; // of a folder above, so that the page's own address does not help
  writePage(join(out, ".."), page, `${basename(out)}.html`);
  writePage(out, `<script>${readFileSync(join(out, "app.js"), "utf8").replaceAll("</script", "<\\/script")}</script>`, "inline.html");
}

function copyDocumentedFiles(root: string, out: string): void {
  for (const file of filesToCopy) copyFileSync(join(root, "node_modules/@steepest/browser/dist", file), join(out, file));
}

/** The page that Vite builds and serves. */
export function writeSourcePage(root: string): void {
  writePage(root, moduleScript("./src/app.js"));
}

/** The project itself, served as it is: the page maps package names to addresses. */
export function writeUnbundledPage(root: string, name: string): void {
  const imports = Object.fromEntries([
    ...["browser", "core", "kernels", "reference"].map((name) => [`@steepest/${name}`, `./node_modules/@steepest/${name}/dist/index.js`]),
    ["@steepest/core/internal", "./node_modules/@steepest/core/dist/internal.js"],
    ["@assemblyscript/loader", "./node_modules/@assemblyscript/loader/index.js"],
  ]);
  writePage(root, `<script type="importmap">${JSON.stringify({ imports })}</script>${moduleScript("./src/app.js")}`, name);
}

/** A page that holds another in a frame. */
export function writeFramePage(root: string, name: string, inner: string): void {
  writePage(root, `<iframe src="${inner}"></iframe>`, name);
}

export async function startViteDev(root: string): Promise<ViteDevServer> {
  const server = await createServer({ root, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  return server.listen();
}
