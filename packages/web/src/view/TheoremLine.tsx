import type { Row } from "@steepest/experiments";
import type { VNode } from "preact";
import type { ArmHistory } from "../lab/history.js";
import { shortNumber } from "./numberText.js";
import { What } from "./What.js";

/** Log risk from which falls of the soft margin are counted: at separation it is 0, and a relative fall means nothing. */
const watchedBelow = -5;

function dropText(drop: number, isWatched: boolean, measured: boolean): string {
  if (measured) return "not homogeneous: no theorem says that γ̃ grows";
  if (!isWatched) return "falls of γ̃ are watched from risk e⁻⁵ on";
  return drop > 0 ? `γ̃ fell by up to ${shortNumber(100 * drop)} % in one step` : "γ̃ has not fallen since risk e⁻⁵";
}

interface TheoremProps {
  readonly history: ArmHistory;
  readonly row: Row | undefined;
  /** Upper bound of the margin: ℓ⁻¹(R / m) / ‖θ‖ᴸ. */
  readonly ceiling: number | undefined;
  /** true: the network is not homogeneous. */
  readonly measured: boolean;
}

/** The inequality between soft margin and margin with the numbers of the moment, and the largest fall of the soft margin. */
export function TheoremLine({ history, row, ceiling, measured }: TheoremProps): VNode | null {
  if (!row || ceiling === undefined || history.separationStep === undefined) return null;
  const [soft, margin] = [row["softMargin.own"]!, row["margin.own"]!];
  const isWatched = history.frames.some((frame) => frame.row.step <= row.step && frame.row.logRisk! < watchedBelow);
  return (
    <p class="theorem-line">
      <What id="theoremSlack">γ̃ ≤ γ ≤ ceiling</What>
      <span class="inequality">
        {shortNumber(soft)} ≤ {shortNumber(margin)} ≤ {shortNumber(ceiling)}
      </span>
      <span>{dropText(row.worstSoftMarginDrop!, isWatched, measured)}</span>
    </p>
  );
}
