import type { VNode } from "preact";
import type { Laboratory } from "../lab/laboratory.js";
import { stepAfterChoice, stepStarts } from "../setup/choices.js";
import { armId, armNames } from "../setup/definition.js";
import { unusedOptimizer } from "../setup/optimizerMenu.js";
import { optionName } from "../setup/optionName.js";
import { type ArmSetup, fewestArms, mostArms } from "../setup/raceSetup.js";
import { CheckField, NumberField } from "./Field.js";
import { OptimizerFields } from "./OptimizerFields.js";
import { StepFields } from "./StepFields.js";
import { Swatch } from "./Swatch.js";
import { Unbroken } from "./Unbroken.js";

/** A log risk that every optimiser here gets to, and some soon. */
const firstEnd = -50;

interface ArmProps {
  readonly index: number;
  readonly name: string;
  readonly arm: ArmSetup;
  readonly onChange: (arm: ArmSetup) => void;
  readonly onRemove: (() => void) | undefined;
}

function ArmControl({ index, name, arm, onChange, onRemove }: ArmProps): VNode {
  const { optimizer, step } = arm;
  const place = `arms.${armId(index)}`;
  return (
    <fieldset class={`arm arm-${index}`}>
      <legend>
        <Swatch arm={index} /> <Unbroken text={name} />
      </legend>
      <OptimizerFields
        optimizer={optimizer}
        place={`${place}.optimizer`}
        onChange={(chosen) => onChange({ ...arm, optimizer: chosen, step: stepAfterChoice(arm, chosen) })}
      />
      <StepFields step={step} optimizer={optimizer} place={`${place}.step`} onChange={(changed) => onChange({ ...arm, step: changed })} />
      <EndFields arm={arm} place={place} onChange={onChange} />
      {onRemove && (
        <button type="button" class="quiet" onClick={onRemove}>
          remove <Unbroken text={name} />
        </button>
      )}
    </fieldset>
  );
}

function EndFields({ arm, place, onChange }: Pick<ArmProps, "arm" | "onChange"> & { readonly place: string }): VNode {
  const { freezeBelow, ...endless } = arm;
  return (
    <>
      <CheckField
        label="ends at a risk"
        value={freezeBelow !== undefined}
        onChange={(ends) => onChange(ends ? { ...endless, freezeBelow: firstEnd } : endless)}
      />
      {freezeBelow !== undefined && (
        <NumberField
          label={optionName("freezeBelow")}
          path={`${place}.freezeBelow`}
          value={freezeBelow}
          onChange={(below) => onChange({ ...endless, freezeBelow: below })}
        />
      )}
    </>
  );
}

export function ArmControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { arms } = setup;
  const names = armNames(arms);
  const change = (changed: readonly ArmSetup[]): void => lab.change({ ...setup, arms: changed });
  return (
    <>
      {arms.map((arm, i) => (
        <ArmControl
          key={i}
          index={i}
          name={names[i]!}
          arm={arm}
          onChange={(changed) => change(arms.map((other, j) => (j === i ? changed : other)))}
          onRemove={arms.length > fewestArms ? () => change(arms.filter((_, j) => j !== i)) : undefined}
        />
      ))}
      {arms.length < mostArms && (
        <button
          type="button"
          class="wide"
          onClick={() => change([...arms, { optimizer: unusedOptimizer(arms), step: stepStarts.marginPaced }])}
        >
          + add an optimiser
        </button>
      )}
    </>
  );
}
