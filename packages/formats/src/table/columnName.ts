/** Words for a missing number in a table, which are no names of columns. */
const missing = /^(#?n\/?a|nan|null|none|[+-]?inf(inity)?)$/i;

/**
 * Tells names from numbers, and from words for a missing number.
 *
 * @param cell  the text of a cell
 * @returns true for a text that may name a column or a class
 */
export const isName = (cell: string): boolean => /\p{L}/u.test(cell) && !/^[+-]?[.,]?\d/.test(cell) && !missing.test(cell);
