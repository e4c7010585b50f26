import { isSteepestError } from "@steepest/core";
import { buildOptimizer, type OptimizerChoice } from "@steepest/experiments";
import type { VNode } from "preact";
import { entryOf, optimizerMenu, optimizerOfEntry, withSmoothing } from "../setup/optimizerMenu.js";
import { ChoiceFields } from "./ChoiceFields.js";
import { ChoiceField } from "./Field.js";

/** What is wrong with an optimiser, if something is: one that cannot be built has no name, norm or step rules. */
function faultOf(optimizer: OptimizerChoice): string | undefined {
  try {
    buildOptimizer(optimizer);
    return undefined;
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    return error.message.replace(/^[\w. ]+: /, "");
  }
}

interface OptimizerProps {
  readonly optimizer: OptimizerChoice;
  /** Its path in a definition. */
  readonly place: string;
  readonly onChange: (optimizer: OptimizerChoice) => void;
}

/** Which optimiser an arm runs, and its options. */
export function OptimizerFields({ optimizer, place, onChange }: OptimizerProps): VNode {
  const { entry, hasOptions } = entryOf(optimizer);
  return (
    <>
      <ChoiceField
        label="optimiser"
        value={entry}
        options={optimizerMenu}
        onChange={(chosen) => onChange(withSmoothing(optimizerOfEntry(chosen)))}
      />
      {hasOptions && (
        <ChoiceFields
          key={optimizer.kind}
          discriminator="kind"
          name={optimizer.kind}
          value={optimizer}
          place={place}
          refuses={(changed) => faultOf(changed as OptimizerChoice)}
          onChange={(changed) => onChange(withSmoothing(changed as OptimizerChoice))}
        />
      )}
    </>
  );
}
