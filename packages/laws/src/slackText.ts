/**
 * A slack for a column of a table: "0.25", "3.1e+6", "unbounded" where rounding may cause nothing, "no number" where a side is NaN or both are infinite.
 *
 * @param slack  the violation in units of the rounding bound
 * @returns at most ten characters
 */
export function slackText(slack: number): string {
  if (Number.isNaN(slack)) return "no number";
  return slack === Number.POSITIVE_INFINITY ? "unbounded" : slack.toPrecision(2);
}

/**
 * The violation of a law in words: "is off by 2.00 times the rounding bound"
 *
 * @param slack  the violation in units of the rounding bound
 * @returns a predicate, without full stop
 */
export function violationText(slack: number): string {
  if (Number.isNaN(slack)) return "gives no number that can be compared";
  if (slack === Number.POSITIVE_INFINITY) return "is violated where rounding excuses nothing";
  return `is off by ${slack.toPrecision(3)} times the rounding bound`;
}
