// Packs every public package, checks the tarballs as publishers do, and uses them from an empty project, on this Node and on the system's.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "steepest-pack-"));
const tarballs = join(work, "tarballs");
const project = join(work, "project");

const filesToCopy = ["worker.js", "steepest.wasm", "certificates.js", "highs.wasm"]; // entry points of @steepest/browser that nobody imports

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd: root, ...options });
  if (status !== 0) throw new Error(`pack-check: ${command} ${args.join(" ")} failed\n${stdout ?? ""}${stderr ?? ""}`);
  return stdout;
}

try {
  run("pnpm", ["-r", "--filter=./packages/*", "pack", "--pack-destination", tarballs]);
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  for (const folder of readdirSync(join(root, "packages"))) run("publint", ["--strict", join(root, "packages", folder)]);
  for (const file of files) {
    const names = execFileSync("tar", ["tzf", file], { encoding: "utf8" });
    for (const unwanted of [/\.map\.wasm|\.wasm\.map$/m, /tsbuildinfo/, /\/test\//]) {
      if (unwanted.test(names)) throw new Error(`pack-check: ${file} holds ${unwanted}`);
    }
    if (/\/steepest-(web-)?\d/.test(file)) continue; // the command line and the page have no entry point to type-check
    run("attw", [file, "--profile", "esm-only", "--exclude-entrypoints", ...filesToCopy]);
  }

  cpSync(fileURLToPath(new URL("consumer", import.meta.url)), project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", ...files], { cwd: project });

  const engines = [...new Set([process.execPath, process.env.CONSUMER_NODE].filter(Boolean))];
  const outputs = engines.map((node) => {
    run(node, [join(project, "node_modules", "steepest", "dist", "main.js"), "list", "norms"], { cwd: project });
    const output = run(node, [join(project, "consumer.mjs")], { cwd: project });
    console.log(`pack-check: the tarballs work on Node ${run(node, ["--version"]).trim()}: ${output.trim()}`);
    return output;
  });
  if (new Set(outputs).size !== 1) throw new Error(`pack-check: engines disagree:\n${outputs.join("")}`);
  if (engines.length === 1) console.log("pack-check: SKIPPED the system's Node, it is the one that runs the tools");
} finally {
  rmSync(work, { recursive: true, force: true });
}
