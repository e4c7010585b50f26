import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { binaryUrl } from "@steepest/kernels";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import webpack from "webpack";

const sources = fileURLToPath(new URL("support/bundles", import.meta.url));
const entries = { app: join(sources, "app.mjs"), worker: join(sources, "worker.mjs") };

type Format = "esm" | "cjs";
const extensions: Readonly<Record<Format, string>> = { esm: "mjs", cjs: "cjs" };

/** Every way to bundle for Node, without configuration beyond what each needs to bundle anything. */
const bundlers: Readonly<Record<string, (format: Format, out: string) => Promise<unknown>>> = {
  esbuild: (format, outdir) =>
    esbuild.build({
      entryPoints: entries,
      outdir,
      outExtension: { ".js": `.${extensions[format]}` },
      bundle: true,
      platform: "node",
      format,
      logLevel: "error",
      logOverride: { "empty-import-meta": "silent" },
    }),
  rollup: async (format, dir) => {
    const bundle = await rollup({ input: entries, plugins: [nodeResolve()], external: /^node:/, logLevel: "silent" });
    await bundle.write({ dir, format, entryFileNames: `[name].${extensions[format]}`, chunkFileNames: `[name].${extensions[format]}` });
    await bundle.close();
  },
  webpack: (format, path) =>
    new Promise<void>((resolve, reject) => {
      const isModule = format === "esm";
      const output = { path, filename: `[name].${extensions[format]}`, ...(isModule && { module: true, chunkFormat: "module" as const }) };
      const optimization = { minimize: false };
      webpack(
        { mode: "production", target: "node20", entry: entries, output, optimization, experiments: { outputModule: isModule } },
        (error, stats) => {
          if (error || stats?.hasErrors()) reject(error ?? new Error(stats!.toString({ all: false, errors: true })));
          else resolve();
        },
      );
    }),
};

/** True for bundlers that see the literal URL of the binary and emit the file. */
const emitsBinary = (name: string): boolean => name === "webpack";

function said(script: string, ...asked: string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, [script, ...asked], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

let root: string;
/** Rows that the app prints when it is not bundled. */
let rows: unknown;
let jobs: unknown;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "steepest-bundles-")));
  rows = said(entries.app, "train");
  jobs = said(entries.app, "jobs", pathToFileURL(entries.worker).href);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const kinds = Object.keys(bundlers).flatMap((name) => (["esm", "cjs"] satisfies Format[]).map((format) => [name, format] as const));

test("the app trains without a bundler", () => {
  expect(rows).toHaveLength(17);
  expect(jobs).toHaveLength(3);
});

describe.each(kinds)("an app bundled by %s as %s", (name, format) => {
  let out: string;
  let app: string;
  beforeAll(async () => {
    out = join(root, `${name}-${format}`);
    app = join(out, `app.${extensions[format]}`);
    await bundlers[name]!(format, out);
  }, 60_000);

  test("works from the bytes of the binary", () => {
    expect(said(app, "bytes", fileURLToPath(binaryUrl()))).toEqual(rows);
  });

  test(emitsBinary(name) ? "works as it is" : "says what to copy, and works with that", () => {
    if (!emitsBinary(name)) {
      expect(said(app, "train")).toMatchObject({
        code: "KERNEL_LOAD",
        message: expect.stringMatching(/^createEngine: file:.*steepest\.wasm cannot be read: ENOENT/),
        hint: expect.stringContaining("for a bundle, copy wasm/steepest.wasm of @steepest/kernels beside it"),
      });
      copyFileSync(binaryUrl(), join(out, "steepest.wasm"));
    }
    expect(said(app, "train")).toEqual(rows);
  });

  test("has worker threads, bundled too", () => {
    expect(said(app, "jobs", pathToFileURL(join(out, `worker.${extensions[format]}`)).href)).toEqual(jobs);
  });

  test("does not name the versions of other packages as ours", () => {
    const environment = said(app, "environment");
    expect(environment).toMatchObject({ code: "KERNEL_LOAD", hint: expect.stringContaining("leave @steepest/* out of it") });
  });
});
