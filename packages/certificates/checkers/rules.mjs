// How a rule rejects, and sums, largest entries and intervals that are widened by what rounding may move.

/** The unit roundoff of f64. */
export const unit = 2 ** -53;

/** A rule: where it does not hold, the certificate is rejected with the reason. */
export function must(holds, reason) {
  if (!holds) throw new Error(reason);
}

export const list = (length, entry) => Array.from({ length }, (_, k) => entry(k));
export const sum = (x) => x.reduce((total, entry) => total + entry, 0);
export const dot = (x, y) => x.reduce((total, entry, k) => total + entry * y[k], 0);
export const absolute = (x) => x.map(Math.abs);
export const largest = (x) => x.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);

/** [lower, upper] of a number that is known up to an error and was summed of so many terms. */
export function around(value, error, terms) {
  const share = 4 * (terms + 64) * unit;
  return [value - error - share * Math.abs(value - error), value + error + share * Math.abs(value + error)];
}

/** The share of it by which rounding may have moved the ends of an interval, 16 times. */
export const movedShare = ([low, high]) => (16 * (high - low)) / low;

/** A stated interval is accepted if it holds the computed one and is wider by no more than 1e-8 of it and `slack`. */
export function mustHold(what, stated, [low, high], slack) {
  must(Array.isArray(stated) && stated.length === 2 && stated.every(Number.isFinite), `${what} is not two numbers: ${stated}`);
  const [lower, upper] = stated;
  must(lower <= low && high <= upper, `${what} is stated as [${stated}], it is in [${low}, ${high}]`);
  const widest = high - low + 1e-8 * Math.abs(high) + slack;
  must(upper - lower <= widest, `${what} is stated as [${stated}], which is weaker than [${low}, ${high}]`);
}
