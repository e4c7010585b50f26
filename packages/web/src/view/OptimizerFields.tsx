import { canonicalJson, isSteepestError } from "@steepest/core";
import { buildOptimizer, conventionsOf, type OptimizerChoice } from "@steepest/experiments";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { complete, entryOf, optimizerMenu, optimizerOfEntry } from "../setup/optimizerMenu.js";
import { ChoiceFields } from "./ChoiceFields.js";
import { ChoiceField } from "./Field.js";

/** The fault of an optimiser, if it has one: an optimiser that cannot be built has no name, norm or step rules. */
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
  /** Path of the optimiser in a definition. */
  readonly place: string;
  readonly refuses: (field: string, optimizer: OptimizerChoice) => string | undefined;
  readonly onChange: (optimizer: OptimizerChoice) => void;
}

/**
 * Fields of an arm's optimiser and its options. They stay when they make an optimiser that has a name of its own, such as gradient descent, until the
 * menu or something else makes another of it.
 */
export function OptimizerFields({ optimizer, place, refuses, onChange }: OptimizerProps): VNode {
  const [madeHere, setMadeHere] = useState<string | undefined>(undefined);
  const { entry, hasOptions } = entryOf(optimizer, { keepsOptions: canonicalJson(optimizer) === madeHere });
  return (
    <>
      <ChoiceField
        label="optimiser"
        value={entry}
        options={optimizerMenu}
        onChange={(chosen) => {
          setMadeHere(undefined);
          onChange(complete(optimizerOfEntry(chosen)));
        }}
      />
      {hasOptions && (
        <ChoiceFields
          key={optimizer.kind}
          discriminator="kind"
          name={optimizer.kind}
          value={optimizer}
          place={place}
          refuses={(field, changed) => {
            const made = complete(changed as OptimizerChoice);
            return faultOf(made) ?? refuses(field, made);
          }}
          onChange={(changed) => {
            const made = complete(changed as OptimizerChoice);
            setMadeHere(canonicalJson(made));
            onChange(made);
          }}
        />
      )}
      {conventionsOf(optimizer).map((convention) => (
        <p key={convention} class="help">
          {convention}
        </p>
      ))}
    </>
  );
}
