import type { ExplanationId } from "../explain/explanations.js";

/** A number in words, under a name that explains itself. */
export type NumberRow = readonly [id: ExplanationId, label: string, value: string];

/** A number in three significant digits, or in as many as given, for people. */
export function shortNumber(value: number | undefined, digits = 3): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.abs(rounded);
  const isPlain = rounded === 0 || (magnitude >= 1e-3 && magnitude < 1e5);
  const text = isPlain ? String(rounded) : value.toExponential(digits - 1).replace("e+", "e");
  return text.replace("-", "−").replace(/e−/, "e-");
}

/** A count with thin spaces: 100 000. */
export const countText = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** Decades from which a double has no digits of a mantissa beside the exponent. */
const mostDecades = 1e15;

/** A risk from its natural logarithm, however small or large: "3.2e-1000", "1e(3.43e70)". `digits` are those of a risk that a double holds. */
export function riskText(logRisk: number | undefined, digits = 3): string {
  if (logRisk === undefined || Number.isNaN(logRisk)) return "–";
  const decades = logRisk / Math.LN10;
  if (!Number.isFinite(decades)) return decades > 0 ? "∞" : "0";
  if (decades > -3 && decades < 4) return shortNumber(Math.exp(logRisk), digits);
  if (Math.abs(decades) >= mostDecades) return `1e(${shortNumber(decades)})`;
  const exponent = Math.floor(decades);
  const mantissa = (10 ** (decades - exponent)).toFixed(1);
  return mantissa === "10.0" ? `1.0e${exponent + 1}` : `${mantissa}e${exponent}`;
}

/** A share in percent with one decimal, or with as many as are needed so that a part does not read as nothing, nor nearly all as all. */
export function percentText(share: number | undefined): string {
  if (share === undefined) return "–";
  for (let decimals = 1; decimals < 15; decimals++) {
    const percent = Number((100 * share).toFixed(decimals));
    if ((percent !== 0 || share === 0) && (percent !== 100 || share === 1)) return `${percent} %`;
  }
  return `${100 * share} %`;
}

/** A tick of an axis: 0.01, 1e-4, 5000, 2e4. */
export const tickText = (value: number, digits = 3): string =>
  (value >= 1e4 ? value.toExponential(digits - 1).replace("e+", "e") : shortNumber(value, digits)).replace(/\.?0+(?=e)/, "");

/** The text of a tick in so many digits, or few. */
export type TickText = (value: number, digits?: number) => string;

/** Texts of ticks in as many digits as tell them apart. */
export function tickTexts(values: readonly number[], text: TickText): string[] {
  for (let digits = 3; ; digits++) {
    const texts = values.map((value) => text(value, digits));
    if (digits === 17 || new Set(texts).size === new Set(values).size) return texts;
  }
}
