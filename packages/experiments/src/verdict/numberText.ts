/** Four significant digits, for people; a number that was never measured is "not reached". */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "not reached";
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(4));
  const magnitude = Math.abs(rounded);
  return magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6) ? rounded.toExponential() : String(rounded);
}

/** "22.1", or the smallest and largest of several; the number of missing values (NaN) stands beside the others. */
export function rangeText(values: readonly number[]): string {
  const present = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const [low, high] = [numberText(present[0] ?? Number.NaN), numberText(present.at(-1) ?? Number.NaN)];
  const range = low === high ? low : `${low} .. ${high}`;
  const missing = values.length - present.length;
  return missing === 0 || present.length === 0 ? range : `${range} (not reached by ${missing} of ${values.length})`;
}
