/** Words for a value that is missing. */
const words = /^\s*(#?n\/?a|nan|null|none|\?|)\s*$/i;

/**
 * Tells cells that hold no value.
 *
 * @param text  the text of a cell
 * @returns true for none, NA, N/A, #N/A, NaN, null, none and ?
 */
export const isMissing = (text: string): boolean => words.test(text);
