import { firstStep, fittingStep, type OptimizerChoice } from "@steepest/experiments";
import type { VNode } from "preact";
import type { Laboratory } from "../lab/laboratory.js";
import { stepAfterChoice } from "../setup/choices.js";
import { armId, armNames } from "../setup/definition.js";
import { unusedOptimizer } from "../setup/optimizerMenu.js";
import { optionName } from "../setup/optionName.js";
import { type ArmSetup, fewestArms, mostArms } from "../setup/raceSetup.js";
import { changeFault } from "../setup/setupFault.js";
import { CheckField, NumberField } from "./Field.js";
import { OptimizerFields } from "./OptimizerFields.js";
import { StepFields } from "./StepFields.js";
import { Swatch } from "./Swatch.js";
import { Unbroken } from "./Unbroken.js";

/** First value of the log risk at which an arm ends: one that every optimiser here reaches, and some soon. */
const firstEnd = -50;

interface ArmProps {
  readonly index: number;
  readonly name: string;
  readonly arm: ArmSetup;
  /** Reason why a field, by its path, may not change the arm; undefined if it may. */
  readonly refuses: (field: string, arm: ArmSetup) => string | undefined;
  readonly onChange: (arm: ArmSetup) => void;
  readonly onRemove: (() => void) | undefined;
}

function ArmControl({ index, name, arm, refuses, onChange, onRemove }: ArmProps): VNode {
  const { optimizer, step } = arm;
  const place = `arms.${armId(index)}`;
  const withOptimizer = (chosen: OptimizerChoice): ArmSetup => ({ ...arm, optimizer: chosen, step: stepAfterChoice(arm, chosen) });
  return (
    <fieldset class={`arm arm-${index}`}>
      <legend>
        <Swatch arm={index} /> <Unbroken text={name} />
      </legend>
      <OptimizerFields
        optimizer={optimizer}
        place={`${place}.optimizer`}
        refuses={(field, chosen) => refuses(field, withOptimizer(chosen))}
        onChange={(chosen) => onChange(withOptimizer(chosen))}
      />
      <StepFields
        step={step}
        optimizer={optimizer}
        place={`${place}.step`}
        refuses={(field, changed) => refuses(field, { ...arm, step: changed })}
        onChange={(changed) => onChange({ ...arm, step: changed })}
      />
      <EndFields arm={arm} place={place} refuses={refuses} onChange={onChange} />
      {onRemove && (
        <button type="button" class="quiet" onClick={onRemove}>
          remove <Unbroken text={name} />
        </button>
      )}
    </fieldset>
  );
}

function EndFields({ arm, place, refuses, onChange }: Pick<ArmProps, "arm" | "refuses" | "onChange"> & { readonly place: string }): VNode {
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
          refuses={(below) => refuses(`${place}.freezeBelow`, { ...endless, freezeBelow: below })}
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
  const withArm = (i: number, changed: ArmSetup): ArmSetup[] => arms.map((other, j) => (j === i ? changed : other));
  return (
    <>
      {arms.map((arm, i) => (
        <ArmControl
          key={i}
          index={i}
          name={names[i]!}
          arm={arm}
          refuses={(field, changed) => changeFault(setup, { ...setup, arms: withArm(i, changed) }, field)}
          onChange={(changed) => change(withArm(i, changed))}
          onRemove={arms.length > fewestArms ? () => change(arms.filter((_, j) => j !== i)) : undefined}
        />
      ))}
      {arms.length < mostArms && (
        <button
          type="button"
          class="wide"
          onClick={() => {
            const optimizer = unusedOptimizer(setup);
            change([...arms, { optimizer, step: fittingStep(optimizer, firstStep) }]);
          }}
        >
          + add an optimiser
        </button>
      )}
    </>
  );
}
