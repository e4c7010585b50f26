import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder that is gone after the current test. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "steepest-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
