import type { VNode } from "preact";
import type { Line } from "./plotOptions.js";
import { dashes } from "./theme.js";

interface SwatchProps {
  readonly arm: number;
  /** true: with an open circle on it, for published values. */
  readonly circle?: boolean;
}

/** The line of an arm, as charts draw it. */
export function Swatch({ arm, circle = false }: SwatchProps): VNode {
  return (
    <svg class={`swatch arm-${arm}`} viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="33" y2="4" stroke-width={circle ? 1.5 : 3} stroke-dasharray={dashes[arm % dashes.length]!.join(" ")} />
      {circle && <circle cx="17" cy="4" r="3" stroke-width="1.5" />}
    </svg>
  );
}

/** A short piece of any line of a chart. */
export function LineSwatch({ line: { color, dash, width } }: { readonly line: Line }): VNode {
  return (
    <svg class="swatch" viewBox="0 0 22 8" width="22" height="8" aria-hidden="true">
      <path d="M0 4H22" stroke={color} stroke-width={width} stroke-dasharray={dash.join(" ")} />
    </svg>
  );
}
