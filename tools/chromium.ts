import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];
const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));

/** The installed Chromium; undefined if there is none. */
export const chromiumPath: string | undefined =
  process.env.CHROMIUM_PATH ?? [...onPath, "/usr/bin/chromium"].find((path) => existsSync(path));

if (chromiumPath === undefined) {
  if (process.env.REQUIRE_BROWSER === "1") throw new Error("REQUIRE_BROWSER=1, but there is no Chromium: install it or set CHROMIUM_PATH");
  console.warn("SKIPPED every test in a browser: there is no Chromium on PATH, and CHROMIUM_PATH is not set");
}

/** Options with which Playwright starts Chromium. */
export const chromiumOptions: { readonly executablePath: string; readonly args: string[] } = {
  executablePath: chromiumPath ?? "",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
