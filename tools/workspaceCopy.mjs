// A copy of the workspace in a temporary folder that builds and runs tests by itself: packages link to each other within the copy, everything else to the original's store.
import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const left = new Set([".git", ".pnpm", "runs", "figures", "api", ".vite", ".vitest", ".DS_Store"]);

/**
 * Copies the workspace with what was built, so that only changes are built again.
 *
 * @param {string} root  the workspace
 * @returns {string} the folder of the copy, which the caller removes
 */
export function copyWorkspace(root) {
  const copy = mkdtempSync(join(tmpdir(), "steepest-extension-"));
  cpSync(root, copy, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    filter: (source) => !left.has(basename(source)),
  });
  symlinkSync(join(root, "node_modules", ".pnpm"), join(copy, "node_modules", ".pnpm"), "junction");
  return copy;
}
