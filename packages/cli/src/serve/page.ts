import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brandError, type SteepestError } from "@steepest/core";

/** There is no page in the folder: usually a checkout in which @steepest/web was not built. */
export class PageNotBuiltError extends Error implements SteepestError {
  declare readonly code: "PAGE_NOT_BUILT";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(folder: string) {
    super(`serve: the page is not built: there is no ${join(folder, "index.html")}`);
    brandError(this, "PAGE_NOT_BUILT", { path: folder, hint: "build it with: pnpm --filter @steepest/web run build" });
  }
}

/** The page that is installed with this program. */
const installed = (): string => join(dirname(createRequire(import.meta.url).resolve("@steepest/web/package.json")), "dist");

/** The folder of a built page. @throws PageNotBuiltError */
export function pageFolder(folder: string = installed()): string {
  if (!existsSync(join(folder, "index.html"))) throw new PageNotBuiltError(folder);
  return folder;
}
