import type { ActivationChoice, InitLaw } from "@steepest/core";
import type { VNode } from "preact";
import type { Laboratory } from "../lab/laboratory.js";
import { activationNames } from "../setup/choices.js";
import { costOf, durationText } from "../setup/cost.js";
import { setupFields } from "../setup/fieldPath.js";
import type { RaceSetup } from "../setup/raceSetup.js";
import { changeFault } from "../setup/setupFault.js";
import { ChoiceField, NumberField } from "./Field.js";
import { countText } from "./numberText.js";
import { What } from "./What.js";

const laws: readonly (readonly [InitLaw["law"], string])[] = [
  ["uniformFanIn", "uniform, scale / √fan-in"],
  ["uniformInverseFanIn", "uniform, scale / fan-in"],
  ["normalFanIn", "normal, scale / √fan-in"],
];

const kindOf = (activation: ActivationChoice): string => (typeof activation === "string" ? activation : Object.keys(activation)[0]!);

interface ActivationProps {
  readonly value: ActivationChoice;
  readonly disabled: boolean;
  readonly refuses: (field: string, activation: ActivationChoice) => string | undefined;
  readonly onChange: (activation: ActivationChoice) => void;
}

/** An activation and the number in it, if it has one. */
function ActivationFields({ value, disabled, refuses, onChange }: ActivationProps): VNode {
  const [parameter] = typeof value === "string" ? [] : Object.entries(value);
  const withNumber = (number: number): ActivationChoice => ({ [parameter![0]]: number }) as unknown as ActivationChoice;
  return (
    <>
      <ChoiceField
        label="activation"
        value={kindOf(value)}
        disabled={disabled}
        options={activationNames.map(([name, choice]) => [kindOf(choice), name] as const)}
        onChange={(kind) => onChange(activationNames.find(([, choice]) => kindOf(choice) === kind)![1])}
      />
      {parameter && (
        <NumberField
          label={setupFields[`activation.${parameter[0]}`]!}
          path={`activation.${parameter[0]}`}
          value={parameter[1]}
          disabled={disabled}
          refuses={(number) => refuses(`activation.${parameter[0]}`, withNumber(number))}
          onChange={(number) => onChange(withNumber(number))}
        />
      )}
      {disabled && <p class="help">Without hidden layers the model is linear: it has no width and no activation.</p>}
    </>
  );
}

export function NetworkControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const change = (changed: Partial<RaceSetup>): void => lab.change({ ...setup, ...changed });
  const refuses = (field: string, changed: Partial<RaceSetup>): string | undefined => changeFault(setup, { ...setup, ...changed }, field);
  const isLinear = setup.depth === 0;
  return (
    <>
      <div class="pair">
        <NumberField
          label="width"
          path="width"
          value={setup.width}
          whole
          disabled={isLinear}
          refuses={(width) => refuses("width", { width })}
          onChange={(width) => change({ width })}
        />
        <NumberField
          label="hidden layers"
          path="depth"
          value={setup.depth}
          whole
          refuses={(depth) => refuses("depth", { depth })}
          onChange={(depth) => change({ depth })}
        />
      </div>
      <ActivationFields
        value={setup.activation}
        disabled={isLinear}
        refuses={(field, activation) => refuses(field, { activation })}
        onChange={(activation) => change({ activation })}
      />
      <ChoiceField
        label="initial weights"
        what="initScale"
        value={setup.init.law}
        options={laws}
        onChange={(law) => change({ init: { ...setup.init, law } })}
      />
      <div class="pair">
        <NumberField
          label="init scale"
          path="init.scale"
          what="initScale"
          value={setup.init.scale}
          refuses={(scale) => refuses("init.scale", { init: { ...setup.init, scale } })}
          onChange={(scale) => change({ init: { ...setup.init, scale } })}
        />
        <NumberField
          label="seed"
          path="seed"
          what="seed"
          value={setup.seed}
          whole
          refuses={(seed) => refuses("seed", { seed })}
          onChange={(seed) => change({ seed })}
        />
      </div>
      <div class="pair">
        <ChoiceField
          label="loss"
          value={setup.loss}
          options={[
            ["exponential", "exponential"],
            ["logistic", "logistic"],
          ]}
          onChange={(loss) => change({ loss })}
        />
        <ChoiceField
          label="risk"
          value={setup.reduction}
          options={[
            ["sum", "sum"],
            ["mean", "mean"],
          ]}
          onChange={(reduction) => change({ reduction })}
        />
      </div>
      <NumberField
        label="steps at most"
        path="steps"
        value={setup.steps}
        whole
        refuses={(steps) => refuses("steps", { steps })}
        onChange={(steps) => change({ steps })}
      />
      <Estimate lab={lab} />
    </>
  );
}

function Estimate({ lab }: { readonly lab: Laboratory }): VNode | null {
  const setup = lab.resolved;
  const cost = setup && lab.problem.value === undefined ? costOf(setup) : undefined;
  if (!cost) return null;
  return (
    <p class={cost.warning ? "help warning" : "help"}>
      {countText(cost.parameters)} weights, {countText(cost.perStep)} <What id="cost">multiply-adds per step</What>; the whole race takes{" "}
      {durationText(cost.seconds)}. {cost.warning}
    </p>
  );
}
