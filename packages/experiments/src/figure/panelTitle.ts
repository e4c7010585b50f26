import type { ExperimentDefinition } from "../definition/definition.js";
import { isHomogeneous } from "../network/isHomogeneous.js";
import { logMeanRisk } from "../probe/logMeanRisk.js";
import { paperSymbol } from "../probe/paperNotation.js";
import { probeLabel } from "../probe/probeLabel.js";
import { numberText } from "../verdict/numberText.js";

/** "margin in ℓ∞ (paper: γ₁)"; the log risk says how the mean is read off it where the mean is trained on. */
export function panelTitle(probe: string, definition: Pick<ExperimentDefinition, "loss" | "dataset" | "network">): string {
  const offset = probe === "logRisk" ? logMeanRisk(definition, 0) : undefined;
  if (offset !== undefined) return `log risk (sum over samples; the mean: ${numberText(-offset)} less)`;
  const symbol = isHomogeneous(definition) ? paperSymbol(probe) : undefined;
  const label = probeLabel(probe, definition);
  return symbol ? `${label} (paper: ${symbol})` : label;
}
