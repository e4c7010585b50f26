import { homogeneityNote } from "@steepest/experiments";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { Laboratory } from "../lab/laboratory.js";
import { definitionOf } from "../setup/definition.js";
import { isMeasured } from "../setup/network.js";

/** The mark of margins of a network that is not homogeneous. */
export const limitMark = "*";

/** The sentence that says why nothing of the theorems is expected of a network that is not homogeneous; null of one that is, and where no race is possible. */
export function HomogeneityNote({ lab }: { readonly lab: Laboratory }): VNode | null {
  const setup = lab.setup.value;
  const isPossible = lab.problem.value === undefined && lab.loaded.value !== undefined;
  const note = useMemo(() => {
    const { resolved } = lab;
    return isPossible && resolved && isMeasured(resolved) ? homogeneityNote(definitionOf(resolved)) : undefined;
  }, [setup, isPossible]);
  if (note === undefined) return null;
  return (
    <p class="help" role="note">
      {note}.
    </p>
  );
}
