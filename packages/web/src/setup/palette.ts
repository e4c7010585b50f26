/**
 * Colours of the arms of a race, in their order, on the page and in the figures that are taken from it: those of Okabe and Ito, Color Universal Design (2008),
 * darkened or lightened to 4.5:1 against the paper. The two past the most arms of a race are for recorded runs.
 */
export const armPalette = {
  light: ["#0069a8", "#b84d00", "#007a59", "#a0427a", "#6b6200", "#57606a"],
  dark: ["#5bb5ee", "#f0953d", "#35c796", "#e48fc0", "#e0d34a", "#b4bdc8"],
} as const;

/** The rules of a style sheet that give every arm its custom property. */
export function paletteRules({ light, dark }: typeof armPalette): string {
  const rule = (colors: readonly string[]): string => `:root{${colors.map((color, arm) => `--arm-${arm}:${color};`).join("")}}`;
  return `${rule(light)}@media (prefers-color-scheme:dark){${rule(dark)}}`;
}
