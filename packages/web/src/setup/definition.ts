import { type NormId, norms } from "@steepest/core";
import {
  type ArmDefinition,
  buildOptimizer,
  type ExperimentDefinition,
  optimizerName,
  parseDefinition,
  type RunDefinition,
  runsOf,
  type StepChoice,
  symbolOf,
} from "@steepest/experiments";
import { stepName } from "./choices.js";
import { shownNorms } from "./defaults.js";
import { networkOf } from "./network.js";
import { optionName } from "./optionName.js";
import type { ArmSetup, RaceSetup } from "./raceSetup.js";

export const probes: readonly string[] = [
  "logRisk",
  "minMargin",
  "trainAccuracy",
  ...shownNorms.map((norm) => `margin.${norm}`),
  "margin.own",
  "softMargin.own",
  "alignment",
  "supportCount",
  "worstSoftMarginDrop",
  "health.marginChange",
  "health.deadSamples",
];

export const pointsPerDecade = 24;

/** Facts of a registered norm; undefined for expressions. */
const factsOf = (norm: string) => (Object.hasOwn(norms, norm) ? norms[norm as NormId].facts : undefined);

/** "ℓ2", "the spectral norm" */
export const normName = (norm: string): string => factsOf(norm)?.phrase ?? symbolOf(norm);

/** One name per arm: arms of one kind by the options in which they differ, "Adam β₂ 0.99, ε 1e-8"; equal arms are numbered in parentheses, which no option is. */
export function armNames(arms: readonly ArmSetup[]): string[] {
  const kinds = arms.map(({ optimizer }) => optimizerName(optimizer));
  const names = kinds.map((kind, i) => {
    const alike = arms.filter((_, j) => kinds[j] === kind).map(optionsOf);
    const own = optionsOf(arms[i]!);
    const differing = [...own].filter(([path, option]) => alike.some((other) => other.get(path) !== option));
    return [kind, differing.map(([, option]) => option).join(", ")].join(" ").trim();
  });
  return names.map((name, i) => {
    const same = names.flatMap((other, j) => (other === name ? [j] : []));
    return same.length === 1 ? name : `${name}\u00a0(${same.indexOf(i) + 1})`;
  });
}

/** The numbers and words of an arm by their paths, each with its name on the page: β₁ of a hybrid's Adam is another option than that of its Muon. */
function optionsOf({ optimizer, step, freezeBelow }: ArmSetup): Map<string, string> {
  const leaves = (value: unknown, path: readonly string[]): [string, string][] => {
    const key = path.at(-1)!;
    if (typeof value !== "object" || value === null) {
      const text = key === "rule" ? stepName(value as StepChoice["rule"]) : String(value);
      return value === undefined || key === "kind" ? [] : [[path.join("."), `${optionName(key)} ${text}`]];
    }
    return Object.entries(value).flatMap(([inner, entry]) => leaves(entry, [...path, inner]));
  };
  return new Map(Object.entries({ optimizer, step, freezeBelow }).flatMap(([key, value]) => leaves(value, [key])));
}

/** The id of the norm that an arm's steps are measured in. */
export function ownNormOf({ optimizer }: ArmSetup): string {
  return buildOptimizer(optimizer).ownNorm.id;
}

/** The id of an arm in the definition. */
export const armId = (index: number): string => `arm${index + 1}`;

/**
 * The race as a definition that `steepest run` accepts.
 *
 * @throws DefinitionError  with the path of the first thing that makes no sense
 */
export function definitionOf(setup: RaceSetup): ExperimentDefinition {
  if (setup.data.kind === "dropped") throw new TypeError("definitionOf: the file has to be dropped first");
  const { loss, reduction, seed, steps } = setup;
  const arms = setup.arms.map(({ optimizer, step, freezeBelow }, i): [string, ArmDefinition] => [
    armId(i),
    { optimizer, step, ...(freezeBelow !== undefined && { stop: { logRiskBelow: freezeBelow } }) },
  ]);
  const definition = parseDefinition({
    id: "race",
    source: "the laboratory page",
    question: "which margin does each optimiser raise?",
    dataset: setup.data,
    network: networkOf(setup),
    loss: { kind: loss, reduction },
    arms: Object.fromEntries(arms),
    seeds: [seed],
    stop: { steps },
    record: { probes: [...probes], pointsPerDecade },
    claims: [],
    figure: shownNorms.map((norm) => ({ probe: `margin.${norm}`, scale: "log" as const })),
  });
  return { ...definition, arms: labelled(setup.arms, definition.arms) };
}

/** Arms with their names, which only valid arms have. */
function labelled(setups: readonly ArmSetup[], arms: ExperimentDefinition["arms"]): ExperimentDefinition["arms"] {
  const names = armNames(setups);
  return Object.fromEntries(Object.entries(arms).map(([id, arm], i) => [id, { label: names[i]!, ...arm }]));
}

/** One run per arm, in the order of the arms. @throws DefinitionError  if the setup has no valid definition */
export function runsOfSetup(setup: RaceSetup): RunDefinition[] {
  return runsOf(definitionOf(setup)).map(({ run }) => run);
}
