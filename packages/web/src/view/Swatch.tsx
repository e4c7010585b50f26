import type { VNode } from "preact";
import { dashes } from "./theme.js";

/** The line of an arm, as charts draw it. */
export function Swatch({ arm }: { readonly arm: number }): VNode {
  return (
    <svg class={`swatch arm-${arm}`} viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="33" y2="4" stroke-width="3" stroke-dasharray={dashes[arm]!.join(" ")} />
    </svg>
  );
}
