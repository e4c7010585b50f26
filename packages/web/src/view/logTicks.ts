const power = (exponent: number): number => Number(`1e${exponent}`); // 10 ** -24 is not 1e-24

/** 1, 2 or 5 times a power of ten, at least `least`. */
function evenStep(least: number): number {
  const magnitude = power(Math.floor(Math.log10(least)));
  return (([1, 2, 5] as const).find((digit) => digit * magnitude >= least) ?? 10) * magnitude;
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Ticks of a logarithmic axis: powers of ten; 1, 2 and 5 of each if less than two decades are shown, even steps if that gives one tick or none.
 *
 * @param most  how many have room
 */
export function logTicks(low: number, high: number, most: number): number[] {
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const first = Math.floor(Math.log10(low));
  const exponents = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i);
  const powers = exponents.filter((exponent) => inside(power(exponent)));
  const stride = Math.ceil(powers.length / Math.max(most, 2));
  const decades = powers.filter((exponent) => exponent % stride === 0).map(power);
  if (high / low >= 100) return decades;
  const digits = exponents.flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`))).filter(inside);
  if (digits.length >= 2 && digits.length <= most) return digits;
  if (decades.length >= 2) return decades;
  const width = high - low;
  const step = evenStep(width / Math.max(most - 1, 1));
  return multiples(step <= width ? step : evenStep(width / 2.6), low, high); // steps grow by 2.5 at most, so that one lies inside
}
