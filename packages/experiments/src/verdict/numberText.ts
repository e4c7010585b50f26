/** Four significant digits, for people; a number that was never measured is "not reached". */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "not reached";
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(4));
  const magnitude = Math.abs(rounded);
  return magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6) ? rounded.toExponential() : String(rounded);
}

/** "22.1", or the smallest and largest of several. */
export function rangeText(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [numberText(sorted[0] ?? Number.NaN), numberText(sorted.at(-1) ?? Number.NaN)];
  return low === high ? low : `${low} .. ${high}`;
}
