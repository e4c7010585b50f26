import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dist } from "./openedPage.js";

/** Bytes of the scripts that the page waits for: 741 kB when this was written, and two in a hundred for what is added. */
const budget = 755_000;

test("what the page waits for is no larger than it needs: readers, exports and certificates come when they are asked for", () => {
  const page = join(dist, "index.html");
  if (!existsSync(page)) throw new Error(`there is no page in ${dist}: run \`pnpm run build\` first`);
  const scripts = [...readFileSync(page, "utf8").matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = scripts.map((path) => [path, statSync(join(dist, path)).size] as const);
  expect(
    sizes.reduce((sum, [, size]) => sum + size, 0),
    `${sizes.map(([path, size]) => `${path}: ${size}`).join(", ")}; a module that few need belongs behind an import()`,
  ).toBeLessThanOrEqual(budget);
});
