import { canonicalJson, isSteepestError } from "@steepest/core";
import type { OptimizerChoice, StepChoice } from "@steepest/experiments";
import { buildOptimizer, optimizers, stepRules } from "@steepest/experiments";
import type { VNode } from "preact";
import type { Laboratory } from "../lab/laboratory.js";
import { optimizerStarts, rulesFor, stepAfterChoice, stepNames, stepStarts } from "../setup/choices.js";
import { armId, armNames, optimizerName } from "../setup/definition.js";
import { optionName } from "../setup/optionName.js";
import { type ArmSetup, fewestArms, mostArms } from "../setup/raceSetup.js";
import { ChoiceFields } from "./ChoiceFields.js";
import { CheckField, ChoiceField, NumberField } from "./Field.js";
import { Swatch } from "./Swatch.js";
import { Unbroken } from "./Unbroken.js";

const presets: readonly (readonly [string, string, OptimizerChoice])[] = [
  ["l2", "gradient descent", { kind: "steepest", norm: "l2", normalized: true }],
  ["linf", "sign descent", { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }],
  ["l1", "coordinate descent", { kind: "steepest", norm: "l1", normalized: true, smoothing: "none" }],
  ["spectral", "spectral descent", { kind: "steepest", norm: "spectral", normalized: true }],
];

const kinds = Object.keys(optimizers) as OptimizerChoice["kind"][];
const options = [
  ...presets.map(([id, name]) => [`preset-${id}`, name] as const),
  ["steepest", "steepest descent in any norm"] as const,
  ...kinds.filter((kind) => kind !== "steepest").map((kind) => [kind, optimizerName(optimizerStarts[kind])] as const),
];

/** Which entry of the menu an optimiser is. */
function entryOf(optimizer: OptimizerChoice): string {
  if (optimizer.kind !== "steepest") return optimizer.kind;
  const preset = presets.find(([, , choice]) => canonicalJson(choice) === canonicalJson(optimizer));
  return preset ? `preset-${preset[0]}` : "steepest";
}

/** Smoothing exists for the norms whose steepest direction can also be smoothed, and must be chosen there. */
function withSmoothing(optimizer: OptimizerChoice): OptimizerChoice {
  if (optimizer.kind === "progressiveRescaling") {
    return { ...optimizer, optimizer: withSmoothing(optimizer.optimizer) as typeof optimizer.optimizer };
  }
  if (optimizer.kind !== "steepest") return optimizer;
  const { smoothing, ...rest } = optimizer;
  return rest.norm === "l1" || rest.norm === "linf" ? { ...rest, smoothing: smoothing ?? "none" } : rest;
}

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
  const { optimizer, step, freezeBelow } = arm;
  const choose = (chosen: OptimizerChoice): void => {
    const fitted = withSmoothing(chosen);
    onChange({ ...arm, optimizer: fitted, step: stepAfterChoice(arm, fitted) });
  };
  const rules = rulesFor(optimizer);
  const entry = entryOf(optimizer);
  const place = `arms.${armId(index)}`;
  return (
    <fieldset class={`arm arm-${index}`}>
      <legend>
        <Swatch arm={index} /> <Unbroken text={name} />
      </legend>
      <ChoiceField
        label="optimiser"
        value={entry}
        options={options}
        onChange={(chosen) => {
          const preset = presets.find(([id]) => `preset-${id}` === chosen);
          if (chosen === "steepest") choose({ kind: "steepest", norm: { lp: 3 }, normalized: true });
          else choose(preset ? preset[2] : optimizerStarts[chosen as OptimizerChoice["kind"]]);
        }}
      />
      {!entry.startsWith("preset-") && (
        <ChoiceFields
          key={optimizer.kind}
          discriminator="kind"
          name={optimizer.kind}
          value={optimizer}
          place={`${place}.optimizer`}
          refuses={(changed) => faultOf(changed as OptimizerChoice)}
          onChange={(changed) => choose(changed as OptimizerChoice)}
        />
      )}
      <ChoiceField
        label="step rule"
        what={step.rule === "marginPaced" ? "marginPaced" : "stepRule"}
        value={step.rule}
        options={rules.map((rule) => [rule, stepNames[rule]] as const)}
        onChange={(rule) => onChange({ ...arm, step: stepStarts[rule] })}
      />
      <ChoiceFields
        key={step.rule}
        discriminator="rule"
        name={step.rule}
        value={step}
        place={`${place}.step`}
        onChange={(changed) => onChange({ ...arm, step: changed as StepChoice })}
      />
      <p class="help">{stepRules[step.rule].summary}</p>
      <CheckField
        label="ends at a risk"
        value={freezeBelow !== undefined}
        onChange={(ends) => {
          const { freezeBelow: _, ...endless } = arm;
          onChange(ends ? { ...arm, freezeBelow: firstEnd } : endless);
        }}
      />
      {freezeBelow !== undefined && (
        <NumberField
          label={optionName("freezeBelow")}
          path={`${place}.freezeBelow`}
          value={freezeBelow}
          onChange={(below) => onChange({ ...arm, freezeBelow: below })}
        />
      )}
      {onRemove && (
        <button type="button" class="quiet" onClick={onRemove}>
          remove <Unbroken text={name} />
        </button>
      )}
    </fieldset>
  );
}

export function ArmControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { arms } = setup;
  const names = armNames(arms);
  const change = (changed: readonly ArmSetup[]): void => lab.change({ ...setup, arms: changed });
  const unused = presets.find(([, , choice]) => !arms.some(({ optimizer }) => canonicalJson(optimizer) === canonicalJson(choice)));
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
          onClick={() => change([...arms, { optimizer: (unused ?? presets[0]!)[2], step: { rule: "marginPaced", c: 0.25 } }])}
        >
          + add an optimiser
        </button>
      )}
    </>
  );
}
