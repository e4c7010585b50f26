import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ResvgRenderOptions } from "@resvg/resvg-js";

const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");

/** Fonts from a package, so that a picture is the same on a machine without any. */
export const fonts: NonNullable<ResvgRenderOptions["font"]> = {
  fontFiles: ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => join(folder, name)),
  loadSystemFonts: false,
  defaultFontFamily: "DejaVu Sans",
};
