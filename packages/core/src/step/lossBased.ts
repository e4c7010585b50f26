import { requirePositive } from "../require.js";
import type { StepRule } from "./stepRule.js";

/**
 * η_t = size / R: with unnormalised steepest descent θ ← θ + size ||ghat||_* lmo(ghat), so progress does not stall as the risk vanishes.
 * Source: Lyu & Li, ICLR 2020, section 5 (without rollback).
 */
export function lossBased({ size }: { readonly size: number }): StepRule {
  requirePositive("step.size", size);
  return { id: "lossBased", appliesTo: "gradient", size: ({ logRisk }) => ({ size, logScale: -logRisk }) };
}
