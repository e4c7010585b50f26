import type { Claim, Moment, Quantity } from "./claim.js";
import type { ExperimentDefinition } from "./definition.js";
import { type Issue, isFormed, isSound } from "./issue.js";

/** Issues of claims without content: an arm against itself, the best of one arm, a claim for the second time. */
export function claimIssues({ arms, claims = [] }: ExperimentDefinition, found: readonly Issue[]): Issue[] {
  if (!isFormed(found, ["claims"])) return [];
  const armNames = isFormed(found, ["arms"]) ? Object.keys(arms) : undefined;
  const places = new Map<string, number>();
  return claims.flatMap((claim, i): Issue[] => {
    if (!isSound(found, ["claims", i])) return [];
    const text = JSON.stringify(claim);
    const earlier = places.get(text);
    places.set(text, earlier ?? i);
    if (earlier !== undefined) return [{ path: ["claims", i], text: `is the claim of claims[${earlier}] once more`, value: claim }];
    return ["left" in claim ? selfComparison(claim, i) : [], "best" in claim ? loneBest(claim, i, armNames) : []].flat();
  });
}

function selfComparison({ left, right }: Extract<Claim, { left: Quantity }>, i: number): Issue[] {
  if (typeof right === "number" || "bySeed" in right || rowText(left) !== rowText(right)) return [];
  const hint = "name another arm, probe or moment, or compare with a number";
  return [{ path: ["claims", i, "right"], text: "must not be what stands at left", value: right, hint }];
}

/** Text of the number that a quantity reads, equal for equal numbers: the row where a probe peaks is the peak of that probe. */
function rowText({ arm, probe, at }: Quantity): string {
  const moment: Moment = typeof at === "object" && "peakOf" in at && at.peakOf === probe ? "peak" : at;
  return JSON.stringify([arm, probe, moment]);
}

function loneBest({ best, among }: Extract<Claim, { best: string }>, i: number, armNames: readonly string[] | undefined): Issue[] {
  const others = (among ?? armNames)?.filter((arm) => arm !== best);
  if (others === undefined || others.length > 0) return [];
  const where = among === undefined ? "best" : "among";
  const hint =
    among === undefined ? "add an arm, or claim something else" : "name the arms that it is compared with, or leave it out for all";
  const text = among === undefined ? `must have another arm beside it, got "${best}" alone` : `must hold an arm other than "${best}"`;
  return [{ path: ["claims", i, where], text, value: among ?? best, hint }];
}
