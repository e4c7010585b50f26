import type { Refused } from "../lab/certifier.js";
import { normName } from "../setup/definition.js";
import { shortBound } from "./certificateRows.js";
import { countText } from "./numberText.js";

/** The reason why an arm has no certificate, and what to do. */
export function refusalText(name: string, { norm, step, answer }: Refused): string {
  const at = step === undefined ? "" : ` at step ${countText(step)}`;
  const about = `No certificate of ${name} in ${normName(norm)}${at}: `;
  if (answer.kind === "failed") {
    const { message, hint } = answer.problem;
    return `${about}${message}${hint === undefined ? "" : `; ${hint}`}.`;
  }
  const { sample, minMargin } = answer;
  const most = `${minMargin[1] > 0 ? "not known to be positive, at most" : "at most"} ${shortBound(minMargin[1], 1)}`;
  return `${about}the margin of sample ${sample} is ${most}, and KKT points of max-margin have none that is not positive. Let it go on until every sample is right.`;
}
