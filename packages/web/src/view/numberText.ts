/** Three significant digits, for people. */
export function shortNumber(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const magnitude = Math.abs(value);
  const text =
    magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e5)
      ? value.toExponential(2).replace("e+", "e")
      : String(Number(value.toPrecision(3)));
  return text.replace("-", "−").replace(/e−/, "e-");
}

/** A count with thin spaces: 100 000. */
export const countText = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** From here on a double has no digits of a mantissa beside the exponent. */
const mostDecades = 1e15;

/** A risk from its natural logarithm, however small or large: "3.2e-1000", "1e(3.43e70)". */
export function riskText(logRisk: number | undefined): string {
  if (logRisk === undefined || Number.isNaN(logRisk)) return "–";
  const decades = logRisk / Math.LN10;
  if (!Number.isFinite(decades)) return decades > 0 ? "∞" : "0";
  if (decades > -3 && decades < 4) return shortNumber(Math.exp(logRisk));
  if (Math.abs(decades) >= mostDecades) return `1e(${shortNumber(decades)})`;
  const exponent = Math.floor(decades);
  return `${(10 ** (decades - exponent)).toFixed(1)}e${exponent}`;
}

export const percentText = (share: number | undefined): string => (share === undefined ? "–" : `${Number((100 * share).toFixed(1))} %`);

/** A tick of an axis: 0.01, 1e-4, 5000, 2e4. */
export const tickText = (value: number): string =>
  (value >= 1e4 ? value.toExponential(2).replace("e+", "e") : shortNumber(value)).replace(/\.?0+(?=e)/, "");
