// After tsc: removes what earlier builds made of sources that have moved or are gone, so that packages and the hash of a build hold nothing else.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const packages = join(process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url)), "packages");
const made = /(?:\.d\.ts|\.js)(?:\.map)?$/;

for (const name of readdirSync(packages)) {
  const folder = join(packages, name);
  const dist = join(folder, "dist");
  if (!existsSync(dist) || !existsSync(join(folder, "tsconfig.json"))) continue;
  const { compilerOptions = {} } = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8"));
  if (compilerOptions.outDir !== "dist") continue; // the page's dist is Vite's
  const { exports = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const bundled = new Set(Object.values(exports).flatMap((file) => (typeof file === "string" ? [resolve(folder, file)] : []))); // made by other steps
  for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (!made.test(file) || bundled.has(join(dist, file.replace(/\.map$/, "")))) continue;
    const source = join(folder, "src", file.replace(made, ""));
    if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(join(dist, file));
  }
}
