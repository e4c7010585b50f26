const usualDigits = 4;

/**
 * Four significant digits or as many as are asked for, for people; a number that was never measured is "not reached".
 *
 * @param value   any number; NaN was never measured
 * @param digits  significant digits
 * @returns a text
 */
export function numberText(value: number, digits: number = usualDigits): string {
  if (Number.isNaN(value)) return "not reached";
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  return magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6) ? rounded.toExponential() : String(rounded);
}

/** "22.1", or the smallest and largest of several; the number of missing values (NaN) stands beside the others. */
export function rangeText(values: readonly number[], digits: number = usualDigits): string {
  const present = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const [low, high] = [numberText(present[0] ?? Number.NaN, digits), numberText(present.at(-1) ?? Number.NaN, digits)];
  const range = low === high ? low : `${low} .. ${high}`;
  const missing = values.length - present.length;
  return missing === 0 || present.length === 0 ? range : `${range} (not reached by ${missing} of ${values.length})`;
}

/** Most digits that a double needs. */
const mostDigits = 17;

/** The ranges of values that are compared one by one, in digits enough to tell every pair apart that differs. */
export function comparedTexts(lefts: readonly number[], rights: readonly number[]): readonly [string, string] {
  const isApart = (digits: number): boolean =>
    lefts.every((left, i) => left === rights[i] || numberText(left, digits) !== numberText(rights[i] ?? Number.NaN, digits));
  let digits = usualDigits;
  while (digits < mostDigits && !isApart(digits)) digits++;
  return [rangeText(lefts, digits), rangeText(rights, digits)];
}

/** " (a tie)" where values that are compared one by one are equal, with how many of them if not all. */
export function tieText(lefts: readonly number[], rights: readonly number[]): string {
  const ties = lefts.filter((left, i) => left === rights[i]).length;
  if (ties === 0) return "";
  return ties === lefts.length ? " (a tie)" : ` (a tie for ${ties} of ${lefts.length})`;
}
