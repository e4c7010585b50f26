import type { ArmDefinition } from "../definition/arm.js";

/** A line that can be told from the others by colour and, without colour, by its dashes. */
export interface ArmStyle {
  readonly color: string;
  /** Empty for a solid line: one that is written as a dash and a gap of 0 is lost by renderers where it is long. */
  readonly dash: readonly number[];
}

/** Okabe & Ito, Color Universal Design (2008): distinguishable with every common colour vision deficiency; yellow left out, it vanishes on white. */
const okabeIto: readonly string[] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00"];

const dashes: readonly (readonly number[])[] = [[], [8, 3], [2, 2], [8, 3, 2, 3], [4, 2], [12, 3, 2, 3, 2, 3], [1, 3]];

/**
 * One style per arm; past the palette, colours repeat with other dashes.
 *
 * @param looks  places in the palettes, one per arm; by default in the order of the arms
 * @param colors  palette of CSS colours; by default that of Okabe and Ito
 * @returns one style per arm
 */
export function armStyles(looks: readonly (ArmDefinition["look"] | undefined)[], colors: readonly string[] = okabeIto): ArmStyle[] {
  return looks.map((look, i) => {
    const { color, dash } = look ?? { color: i, dash: i + Math.floor(i / colors.length) };
    return { color: colors[color % colors.length]!, dash: dashes[dash % dashes.length]! };
  });
}
