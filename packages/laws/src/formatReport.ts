import type { LawReport, LawResult } from "./checkLaws.js";
import { sidesText } from "./law.js";
import { slackText, violationText } from "./slackText.js";

/** One result in words: a line, and for a violation the counterexample and how to replay it. */
export function formatResult(result: LawResult): string {
  const { law, verdict, cases, worstSlack, statement, source, counterexample, replay, error, sides } = result;
  if (verdict !== "violated")
    return `${verdict.padEnd(14)}  ${law}  (${cases} cases, worst ${slackText(worstSlack)} of the rounding bound)`;
  return [
    `${verdict.padEnd(14)}  ${law}: ${statement} [${source}]`,
    error === undefined ? `  ${violationText(worstSlack)}` : `  the subject threw ${error}`,
    ...(sides && error === undefined ? [`  ${sidesText(sides)}`] : []),
    `  counterexample ${counterexample}`,
    `  replay         ${replay}`,
  ].join("\n");
}

/**
 * A report in words, result by result.
 *
 * @param report  from `checkLaws`
 * @returns lines
 */
export function formatReport({ results }: LawReport): string {
  return results.map(formatResult).join("\n");
}
