import type { Row } from "@steepest/experiments";
import type { VNode } from "preact";
import type { ArmHistory } from "../lab/history.js";
import { shortNumber } from "./numberText.js";
import { What } from "./What.js";

interface TheoremProps {
  readonly history: ArmHistory;
  readonly row: Row | undefined;
  /** ℓ⁻¹(R / m) / ‖θ‖ᴸ: what the margin cannot exceed. */
  readonly ceiling: number | undefined;
}

/** The inequality between soft margin and margin with the numbers of the moment, and whether the soft margin ever fell. */
export function TheoremLine({ history, row, ceiling }: TheoremProps): VNode | null {
  if (!row || ceiling === undefined || history.separationStep === undefined) return null;
  const [soft, margin] = [row["softMargin.own"]!, row["margin.own"]!];
  const drop = row.worstSoftMarginDrop!;
  return (
    <p class="theorem-line">
      <What id="theoremSlack">γ̃ ≤ γ ≤ ceiling</What>
      <span class="inequality">
        {shortNumber(soft)} ≤ {shortNumber(margin)} ≤ {shortNumber(ceiling)}
      </span>
      <span>{drop > 0 ? `γ̃ fell by up to ${shortNumber(100 * drop)} % in one step` : "γ̃ has not fallen since risk e⁻⁵"}</span>
    </p>
  );
}
