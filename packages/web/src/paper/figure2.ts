import { canonicalJson } from "@steepest/core";
import { catalog, initLaw, type OptimizerChoice, type StepChoice } from "@steepest/experiments";
import { isMarginLoss } from "../setup/marginLosses.js";
import type { ArmSetup, DrawableData, RaceSetup } from "../setup/raceSetup.js";

const { definition } = catalog.get("mnist-3v6")!;

type Curve = readonly (readonly [number, number])[];

/** Curves that were read off figure 2, by arm of the catalog's experiment. */
export const publishedFigure2: readonly {
  readonly arm: string;
  readonly label: string;
  readonly curves: Readonly<Record<"linf" | "l2", Curve>>;
}[] = Object.entries(definition.arms).map(([arm, { label }]) => ({
  arm,
  label: label ?? arm,
  curves: { linf: publishedOf("margin.linf", arm), l2: publishedOf("margin.l2", arm) },
}));

function publishedOf(probe: string, arm: string): Curve {
  const panel = definition.figure.find((one) => one.probe === probe);
  return panel?.published?.[arm] ?? [];
}

/** Four of the paper's six arms, those that differ most: a race has at most four. */
const raced = ["gradient", "sign", "adam-0-0-1e-8", "adam-.9-.99-1e-2"] as const;

function armSetup(arm: string): ArmSetup {
  const { optimizer, step, stop } = definition.arms[arm]!;
  return {
    optimizer: optimizer as OptimizerChoice,
    step: step as StepChoice,
    ...(stop?.logRiskBelow !== undefined && { freezeBelow: stop.logRiskBelow }),
  };
}

function networkSetup({ network }: typeof definition): Pick<RaceSetup, "width" | "depth" | "activation" | "init"> {
  if (!("hidden" in network)) throw new TypeError("figure 2 trains an mlp");
  const { hidden, activation, init } = network;
  return { width: hidden[0]!, depth: hidden.length, activation, init: initLaw(init) };
}

function marginLoss({ loss: { kind } }: typeof definition): RaceSetup["loss"] {
  if (!isMarginLoss(kind)) throw new TypeError("figure 2 trains a loss of margins");
  return kind;
}

/** Figure 2 as a race on this page, on its first seed. */
export const figure2Setup: RaceSetup = {
  data: definition.dataset as DrawableData,
  ...networkSetup(definition),
  loss: marginLoss(definition),
  reduction: definition.loss.reduction,
  seed: definition.seeds[0]!,
  steps: definition.stop.steps!,
  arms: raced.map(armSetup),
};

const sameRace = ({ arms, seed, steps, ...rest }: RaceSetup): string => canonicalJson(rest);

/** Index in the race of each of the paper's arms that it has; empty unless data, network and loss are the paper's. Any seed counts. */
export function matchingArms(setup: RaceSetup): ReadonlyMap<string, number> {
  if (sameRace(setup) !== sameRace(figure2Setup)) return new Map();
  const found = publishedFigure2.flatMap(({ arm }): (readonly [string, number])[] => {
    const index = setup.arms.findIndex((ours) => canonicalJson(ours) === canonicalJson(armSetup(arm)));
    return index < 0 ? [] : [[arm, index]];
  });
  return new Map(found);
}
