import { canonicalJson, type InitLaw } from "@steepest/core";
import type { VNode } from "preact";
import type { Laboratory } from "../lab/laboratory.js";
import { activationNames } from "../setup/choices.js";
import { costOf, durationText } from "../setup/cost.js";
import type { RaceSetup } from "../setup/raceSetup.js";
import { ChoiceField, NumberField } from "./Field.js";
import { countText } from "./numberText.js";
import { What } from "./What.js";

const laws: readonly (readonly [InitLaw["law"], string])[] = [
  ["uniformFanIn", "uniform, scale / √fan-in"],
  ["uniformInverseFanIn", "uniform, scale / fan-in"],
  ["normalFanIn", "normal, scale / √fan-in"],
];

export function NetworkControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const change = (changed: Partial<RaceSetup>): void => lab.change({ ...setup, ...changed });
  const activation = activationNames.findIndex(([, choice]) => canonicalJson(choice) === canonicalJson(setup.activation));
  const options = activationNames.map(([name], i) => [String(i), name] as const);
  return (
    <>
      <div class="pair">
        <NumberField label="width" value={setup.width} whole onChange={(width) => change({ width })} />
        <NumberField label="hidden layers" value={setup.depth} whole onChange={(depth) => change({ depth })} />
      </div>
      <ChoiceField
        label="activation"
        value={String(activation)}
        options={activation < 0 ? [...options, ["-1", JSON.stringify(setup.activation)] as const] : options}
        onChange={(chosen) => {
          const found = activationNames[Number(chosen)];
          if (found) change({ activation: found[1] });
        }}
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
          what="initScale"
          value={setup.init.scale}
          onChange={(scale) => change({ init: { ...setup.init, scale } })}
        />
        <NumberField label="seed" what="seed" value={setup.seed} whole onChange={(seed) => change({ seed })} />
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
      <NumberField label="steps at most" value={setup.steps} whole onChange={(steps) => change({ steps })} />
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
