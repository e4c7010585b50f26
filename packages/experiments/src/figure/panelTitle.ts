import type { ExperimentDefinition } from "../definition/definition.js";
import type { PanelDefinition } from "../definition/panel.js";
import { isHomogeneous } from "../network/isHomogeneous.js";
import { logMeanRisk } from "../probe/logMeanRisk.js";
import { paperSymbol } from "../probe/paperNotation.js";
import { probeLabel } from "../probe/probeLabel.js";
import { numberText } from "../verdict/numberText.js";

type Titled = Pick<ExperimentDefinition, "loss" | "dataset" | "network">;

/** "margin in ℓ∞ (paper: γ₁)", or "distance to 1: " and that. */
export function panelTitle({ probe, distanceTo }: Pick<PanelDefinition, "probe" | "distanceTo">, definition: Titled): string {
  const title = probeTitle(probe, definition);
  return distanceTo === undefined ? title : `distance to ${numberText(distanceTo)}: ${title}`;
}

/** The log risk says how the mean is read off it where the mean is trained on. */
function probeTitle(probe: string, definition: Titled): string {
  const offset = probe === "logRisk" ? logMeanRisk(definition, 0) : undefined;
  if (offset !== undefined) return `log risk (sum over samples; the mean: ${numberText(-offset)} less)`;
  const symbol = isHomogeneous(definition) ? paperSymbol(probe) : undefined;
  const label = probeLabel(probe, definition);
  return symbol ? `${label} (paper: ${symbol})` : label;
}
