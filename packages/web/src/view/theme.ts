import { signal } from "@preact/signals";
import { armPalette, paletteRules } from "../setup/palette.js";

/** Grows when the reader's light or dark preference changes: canvases read their colours anew. */
export const themeVersion = signal(0);

const palette = new CSSStyleSheet();
palette.replaceSync(paletteRules(armPalette));
document.adoptedStyleSheets.push(palette);

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => {
  known.clear();
  themeVersion.value++;
});

/** Values of tokens that were read: reading a computed style may lay the page out anew, and canvases read many. */
const known = new Map<string, string>();

/** The value of a CSS custom property of the page. */
export function token(name: string): string {
  const before = known.get(name);
  if (before) return before;
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  known.set(name, value);
  return value;
}

const oneColour = new OffscreenCanvas(1, 1).getContext("2d")!;

/** Red, green and blue, 0 to 255, of an opaque token, in any spelling: a build writes #ffffff as #fff. */
export function channelsOf(name: string): readonly [number, number, number] {
  oneColour.fillStyle = token(name);
  const value = Number.parseInt((oneColour.fillStyle as string).slice(1), 16); // canvases say #rrggbb
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Dashes by arm, so that lines can be told apart without colour. Colours are in setup/palette.ts. */
export const dashes: readonly (readonly number[])[] = [[], [9, 4], [2, 3], [9, 3, 2, 3]];

export const armColor = (arm: number): string => token(`--arm-${arm}`);

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
