import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "./tools/countReporter.ts"],
    include: ["packages/*/test/**/*.test.ts", "tools/*.test.ts"],
    maxWorkers: 2, // tests in browsers and of commands mostly wait
    env: { NODE_COMPILE_CACHE: join(tmpdir(), "steepest-compile-cache") }, // of the command lines that tests start, some thousand times
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
