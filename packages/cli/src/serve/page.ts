import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SteepestError } from "@steepest/core";

/** There is no page in the folder: usually a checkout in which @steepest/web was not built. */
export class PageNotBuiltError extends SteepestError {
  override readonly code = "PAGE_NOT_BUILT";
  constructor(folder: string) {
    super(`serve: the page is not built: there is no ${join(folder, "index.html")}`, {
      path: folder,
      hint: "build it with: pnpm --filter @steepest/web run build",
    });
  }
}

/** The page that is installed with this program. */
const installed = (): string => join(dirname(createRequire(import.meta.url).resolve("@steepest/web/package.json")), "dist");

/** The folder of a built page. @throws PageNotBuiltError */
export function pageFolder(folder: string = installed()): string {
  if (!existsSync(join(folder, "index.html"))) throw new PageNotBuiltError(folder);
  return folder;
}
