import type { ActivationChoice } from "@steepest/core";
import type { VNode } from "preact";
import type { ExplanationId } from "../explain/explanations.js";
import type { Laboratory } from "../lab/laboratory.js";
import { activationKind, activationNames } from "../setup/choices.js";
import { costOf, durationText } from "../setup/cost.js";
import { setupFields } from "../setup/fieldPath.js";
import { marginLosses } from "../setup/marginLosses.js";
import { hasImages, isMeasured } from "../setup/network.js";
import { type RaceSetup, without } from "../setup/raceSetup.js";
import { changeFault } from "../setup/setupFault.js";
import { ChoiceField, NumberField } from "./Field.js";
import { countText } from "./numberText.js";
import { StartFields } from "./StartFields.js";
import { What } from "./What.js";

const lossNames = marginLosses.map((id) => [id, id] as const);
const reductions: readonly (readonly [RaceSetup["reduction"], string])[] = [
  ["sum", "sum"],
  ["mean", "mean"],
];

interface SetupNumberProps {
  readonly lab: Laboratory;
  readonly label: string;
  /** Path of the number in a setup. */
  readonly path: string;
  readonly value: number;
  readonly whole?: boolean;
  readonly what?: ExplanationId;
  readonly disabled?: boolean;
  readonly changed: (value: number) => Partial<RaceSetup>;
}

/** A number of the setup, refused where no race is possible with it. */
function SetupNumber({ lab, changed, ...field }: SetupNumberProps): VNode {
  const setup = lab.setup.value;
  const withIt = (value: number): RaceSetup => ({ ...setup, ...changed(value) });
  return (
    <NumberField
      {...field}
      refuses={(value) => changeFault(setup, withIt(value), field.path)}
      onChange={(value) => lab.change(withIt(value))}
    />
  );
}

/** An activation and the number in it, if it has one. */
function ActivationFields({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { activation } = setup;
  const disabled = setup.depth === 0;
  const [parameter] = typeof activation === "string" ? [] : Object.entries<number>(activation);
  const choiceOf = (kind: string): ActivationChoice => activationNames.find(([, choice]) => activationKind(choice) === kind)![1];
  return (
    <>
      <ChoiceField
        label="activation"
        value={activationKind(activation)}
        disabled={disabled}
        options={activationNames.map(([name, choice]) => [activationKind(choice), name] as const)}
        onChange={(kind) => lab.change({ ...setup, activation: choiceOf(kind) })}
      />
      {parameter && (
        <SetupNumber
          lab={lab}
          label={setupFields[`activation.${parameter[0]}`]!}
          path={`activation.${parameter[0]}`}
          value={parameter[1]}
          disabled={disabled}
          changed={(number) => ({ activation: { [parameter[0]]: number } as unknown as ActivationChoice })}
        />
      )}
      {disabled && <p class="help">Without hidden layers the model is linear: it has no width and no activation.</p>}
    </>
  );
}

type Biases = "none" | "first" | "every";
const biasNames: readonly (readonly [Biases, string])[] = [
  ["none", "none"],
  ["first", "in the first layer"],
  ["every", "in every hidden layer"],
];

const linearBiasNames: typeof biasNames = [
  ["none", "none"],
  ["first", "one per score"],
];

/** Biases, and the reason why a network is not homogeneous. */
function BiasField({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { bias, depth } = setup;
  const value: Biases = bias === undefined ? "none" : bias === "every" && depth > 1 ? "every" : "first";
  return (
    <>
      <ChoiceField
        label="biases"
        value={value}
        options={depth > 1 ? biasNames : depth === 1 ? biasNames.slice(0, 2) : linearBiasNames}
        onChange={(chosen) =>
          lab.change(chosen === "none" ? without("bias", setup) : { ...setup, bias: chosen === "every" ? chosen : true })
        }
      />
      {isMeasured(setup) && (
        <p class="help">
          This network is not homogeneous: f(x; cθ) is no power of c times f(x; θ). It trains, and its margins are those of the degree of
          its limit.
        </p>
      )}
    </>
  );
}

const hiddenKinds: readonly (readonly ["units" | "filters", string])[] = [
  ["units", "dense"],
  ["filters", "convolutions"],
];

/** Convolutions as they are when they are chosen: narrow, since a filter is multiplied at every place of an image. */
const firstConvolutions = { width: 8, filter: 5 } as const;

/** Dense layers or convolutions, where the data are images. */
function KindFields({ lab }: { readonly lab: Laboratory }): VNode | null {
  const setup = lab.setup.value;
  const { data, depth, filter } = setup;
  const isPossible = data.kind !== "dropped" && hasImages(data);
  if (!isPossible && filter === undefined) return null;
  return (
    <>
      <ChoiceField
        label="hidden layers are"
        value={filter === undefined ? "units" : "filters"}
        disabled={depth === 0}
        options={isPossible ? hiddenKinds : hiddenKinds.slice(0, 1)}
        onChange={(of) => lab.change(of === "units" ? without("filter", setup) : { ...setup, ...firstConvolutions })}
      />
      {filter !== undefined && (
        <SetupNumber
          lab={lab}
          label={setupFields.filter!}
          path="filter"
          value={filter}
          whole
          disabled={depth === 0}
          changed={(filter) => ({ filter })}
        />
      )}
    </>
  );
}

function LossFields({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  return (
    <div class="pair">
      <ChoiceField label="loss" value={setup.loss} options={lossNames} onChange={(loss) => lab.change({ ...setup, loss })} />
      <ChoiceField
        label="risk"
        value={setup.reduction}
        options={reductions}
        onChange={(reduction) => lab.change({ ...setup, reduction })}
      />
    </div>
  );
}

export function NetworkControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { width, depth, init, seed, steps } = setup;
  return (
    <>
      <div class="pair">
        <SetupNumber
          lab={lab}
          label={setup.filter === undefined ? "width" : "channels"}
          path="width"
          value={width}
          whole
          disabled={depth === 0}
          changed={(width) => ({ width })}
        />
        <SetupNumber lab={lab} label="hidden layers" path="depth" value={depth} whole changed={(depth) => ({ depth })} />
      </div>
      <KindFields lab={lab} />
      <ActivationFields lab={lab} />
      <BiasField lab={lab} />
      <StartFields lab={lab} />
      <div class="pair">
        <SetupNumber
          lab={lab}
          label="init scale"
          path="init.scale"
          what="initScale"
          value={init.scale ?? 1}
          changed={(scale) => ({ init: { ...init, scale } })}
        />
        <SetupNumber lab={lab} label="seed" path="seed" what="seed" value={seed} whole changed={(seed) => ({ seed })} />
      </div>
      <LossFields lab={lab} />
      <SetupNumber lab={lab} label="steps at most" path="steps" value={steps} whole changed={(steps) => ({ steps })} />
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
