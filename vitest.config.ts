import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "./tools/countReporter.ts"],
    include: ["packages/*/test/**/*.test.ts", "tools/*.test.ts"],
    maxWorkers: 2, // tests in browsers and of commands mostly wait
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
