// A copy of the workspace in a temporary folder that builds and runs tests by itself: packages link to each other within the copy, everything else to the original's store.
import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** Names that are left out wherever they stand, and those of what commands write into the root, since packages have folders of such names too. */
const left = new Set([".git", ".pnpm", "api", ".vite", ".vitest", ".DS_Store"]);
const written = ["runs", "figures"];

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
    filter: (source) => !left.has(basename(source)) && !written.some((name) => source === join(root, name)),
  });
  symlinkSync(join(root, "node_modules", ".pnpm"), join(copy, "node_modules", ".pnpm"), "junction");
  return copy;
}
