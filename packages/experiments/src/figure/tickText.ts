const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const mostDigits = 17;

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join("");
  return exponent < 0 ? `⁻${digits}` : digits;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

function plainText(size: number, digits: number): string {
  const [whole, fraction] = String(Number(size.toPrecision(digits))).split(".");
  return fraction === undefined ? grouped(whole!) : `${grouped(whole!)}.${fraction}`;
}

/** "10⁻⁴", "2.05×10⁻⁴" */
function powerText(size: number, digits: number): string {
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e") as [string, string];
  const short = String(Number(mantissa));
  if (Number(exponent) === 0) return short;
  return short === "1" ? `10${raised(Number(exponent))}` : `${short}×10${raised(Number(exponent))}`;
}

/**
 * The labels of an axis: with as few digits as tell every tick from its neighbours and miss none by a hundredth of the way to one; as powers of ten where
 * some are too large or too small to be written out.
 */
export function tickTexts(values: readonly number[]): string[] {
  const sizes = values.map(Math.abs).filter((size) => size !== 0);
  const isPlain = sizes.every((size) => size >= 1e-3 && size < 1e6);
  const gaps = values.slice(1).map((value, i) => Math.abs(value / 2 - values[i]! / 2));
  const smallest = Math.min(...gaps, ...sizes.map((size) => size / 2));
  const misses = (digits: number): boolean =>
    values.some((value) => Math.abs(Number(value.toPrecision(digits)) / 2 - value / 2) > smallest / 100);
  let digits = 1;
  while (digits < mostDigits && misses(digits)) digits++;
  return values.map((value) => {
    if (value === 0) return "0";
    const text = (isPlain ? plainText : powerText)(Math.abs(value), digits);
    return value < 0 ? `−${text}` : text;
  });
}
