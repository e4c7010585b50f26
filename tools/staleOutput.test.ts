import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

test("what was made of a source that is gone is removed, and nothing else", () => {
  const root = mkdtempSync(join(tmpdir(), "steepest-stale-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (name: string, text = ""): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  for (const [name, outDir] of [
    ["one", "dist"],
    ["page", "build"],
  ]) {
    const made = ["kept.js", "kept.d.ts.map", "room/view.js", "gone.js", "gone.js.map", "gone.d.ts", "room/gone.d.ts.map", "worker.js"];
    for (const file of [...made, "kernels.wasm", "numerics.json", ".tsbuildinfo"]) write(`packages/${name}/dist/${file}`);
    write(`packages/${name}/src/kept.ts`);
    write(`packages/${name}/src/room/view.tsx`);
    write(`packages/${name}/tsconfig.json`, JSON.stringify({ compilerOptions: { outDir } }));
    const exports = { ".": { default: "./dist/kept.js" }, "./worker.js": "./dist/worker.js" };
    write(`packages/${name}/package.json`, JSON.stringify({ exports }));
  }
  const tool = fileURLToPath(new URL("stale-output.mjs", import.meta.url));
  expect(spawnSync(process.execPath, [tool, root], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "", stdout: "" });
  const left = (name: string): string[] => {
    const dist = join(root, "packages", name, "dist");
    return readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.includes("."));
  };
  expect(left("one").sort()).toEqual(
    [".tsbuildinfo", "kept.d.ts.map", "kept.js", "kernels.wasm", "numerics.json", join("room", "view.js"), "worker.js"].sort(),
  );
  expect(left("page")).toHaveLength(11);
});
