import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireInteger } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";

/** A moment of a run. Steps and risks are those before the step that follows. */
export type Condition =
  /** minᵢ qᵢ > 0. */
  | "perfectAccuracy"
  /** R < l(0). */
  | "separation"
  | { readonly logRiskBelow: number }
  | { readonly step: number };

/** The progress of a run, which conditions are evaluated on. */
export interface Progress {
  readonly step: number;
  readonly logRisk: number;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
}

export function isMet(condition: Condition, { step, logRisk, perfectAccuracyStep, separationStep }: Progress): boolean {
  if (condition === "perfectAccuracy") return perfectAccuracyStep !== undefined;
  if (condition === "separation") return separationStep !== undefined;
  return "step" in condition ? step >= condition.step : logRisk < condition.logRiskBelow;
}

type AnyMoment = { readonly step?: number; readonly logRiskBelow?: number };

/** Checks a condition. @throws DefinitionError */
export function checkCondition(path: string, condition: Condition): void {
  if (condition === "perfectAccuracy" || condition === "separation") return;
  if (typeof condition === "object" && condition !== null)
    refuseUnknownKeys<AnyMoment>(path, condition, { step: true, logRiskBelow: true });
  if (typeof condition === "object" && condition !== null && Object.keys(condition).length === 1) {
    if ("step" in condition) {
      requireInteger(`${path}.step`, condition.step, 0);
      return;
    }
    if ("logRiskBelow" in condition && Number.isFinite(condition.logRiskBelow)) return;
  }
  throw DefinitionError.at(path, 'must be "perfectAccuracy", "separation", { logRiskBelow } or { step }', { value: condition });
}
