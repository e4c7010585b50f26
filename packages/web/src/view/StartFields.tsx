import { signal } from "@preact/signals";
import type { InitLaw } from "@steepest/core";
import { isGiven } from "@steepest/experiments";
import type { VNode } from "preact";
import type { Laboratory } from "../lab/laboratory.js";
import { defaultSetup } from "../setup/defaults.js";
import type { RaceSetup } from "../setup/raceSetup.js";
import { openWeights } from "./DataControls.js";
import { ChoiceField } from "./Field.js";
import { FileField } from "./FileField.js";

type Start = InitLaw["law"] | "given";

const starts: readonly (readonly [Start, string])[] = [
  ["uniformFanIn", "uniform, scale / √fan-in"],
  ["uniformInverseFanIn", "uniform, scale / fan-in"],
  ["normalFanIn", "normal, scale / √fan-in"],
  ["given", "a file (safetensors, NumPy)"],
];

const weightsHelp =
  "Choose the weights of this network as safetensors or .npz, an array [outputs][inputs] for each layer, as PyTorch has them. Until then the race of before stands.";

/** The setup in which a file was asked for; another setup ends the request. */
const askedIn = signal<RaceSetup | undefined>(undefined);

/** The start of every arm: a law that draws the initial weights, or the file that holds them. */
export function StartFields({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { init } = setup;
  const start: Start = askedIn.value === setup || isGiven(init) ? "given" : init.law;
  return (
    <>
      <ChoiceField
        label="initial weights"
        what="initScale"
        value={start}
        options={starts}
        onChange={(chosen) => {
          askedIn.value = chosen === "given" ? setup : undefined;
          const { scale } = isGiven(init) ? defaultSetup.init : init;
          if (chosen !== "given") lab.change({ ...setup, init: { law: chosen, scale: scale ?? 1 } });
        }}
      />
      {start === "given" && (
        <FileField name={isGiven(init) ? init.file : undefined} help={weightsHelp} onChoose={(file) => openWeights(lab, file)} />
      )}
    </>
  );
}
