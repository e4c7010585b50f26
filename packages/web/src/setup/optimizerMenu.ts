import { canonicalJson, type NormId, norms, smoothedNorms } from "@steepest/core";
import { type OptimizerChoice, optimizers } from "@steepest/experiments";
import { optimizerStarts } from "./choices.js";
import { optimizerName } from "./definition.js";
import type { RaceData, RaceSetup } from "./raceSetup.js";

/** The norms in which steepest descent has a name of its own, in the order of the menu; others follow by the registry. */
const leading: readonly NormId[] = ["l2", "linf", "l1", "spectral"];

/** Steepest descent under the names that it has in some norms. */
const named: readonly (readonly [string, OptimizerChoice])[] = [...new Set([...leading, ...(Object.keys(norms) as NormId[])])].flatMap(
  (norm) => {
    const { descent } = norms[norm].facts ?? {};
    const choice = {
      kind: "steepest",
      norm,
      normalized: true,
      ...(norms[norm].smoothDirection && { smoothing: "none" as const }),
    } as const;
    return descent === undefined ? [] : [[descent, choice] as const];
  },
);

const others = (Object.keys(optimizers) as OptimizerChoice["kind"][]).filter((kind) => kind !== "steepest");

const entries = new Map<string, { readonly name: string; readonly start: OptimizerChoice }>([
  ...named.map(([name, start]) => [name, { name, start }] as const),
  ["steepest", { name: "steepest descent in any norm", start: { kind: "steepest", norm: { lp: 3 }, normalized: true } }],
  ...others.map((kind) => [kind, { name: optimizerName(optimizerStarts[kind]), start: optimizerStarts[kind] }] as const),
]);

/** Entries of the menu of optimisers: ids and names. */
export const optimizerMenu: readonly (readonly [string, string])[] = [...entries].map(([id, { name }]) => [id, name]);

/** The optimiser of an entry of the menu, with its first options. */
export const optimizerOfEntry = (entry: string): OptimizerChoice => entries.get(entry)!.start;

const isSame = (one: OptimizerChoice, other: OptimizerChoice): boolean => canonicalJson(one) === canonicalJson(other);

/** The menu's entry of an optimiser; one with a name of its own hides its options, unless it came about by them and keeps them. */
export function entryOf(
  optimizer: OptimizerChoice,
  { keepsOptions }: { readonly keepsOptions: boolean } = { keepsOptions: false },
): { readonly entry: string; readonly hasOptions: boolean } {
  const name = keepsOptions ? undefined : named.find(([, choice]) => isSame(choice, optimizer))?.[0];
  return { entry: name ?? optimizer.kind, hasOptions: name === undefined };
}

/**
 * Data that coordinate descent, too, separates in the network that the page starts with. It does not separate two moons, circles and a teacher's data; of
 * tables it is not known.
 */
const separatedByCoordinates: ReadonlySet<RaceData["kind"]> = new Set<RaceData["kind"]>(["xor", "separable"]);

/** The optimisers offered beside those that race, those that separate the data first. */
function offers(data: RaceData): readonly OptimizerChoice[] {
  const late = separatedByCoordinates.has(data.kind) ? [] : ["coordinate descent"];
  const entriesInOrder = ["gradient descent", "sign descent", "spectral descent", "coordinate descent", "adam", "muon"];
  return [...entriesInOrder.filter((entry) => !late.includes(entry)), ...late].map(optimizerOfEntry);
}

/** The first optimiser on offer for these data that does not race yet. */
export function unusedOptimizer({ arms, data }: Pick<RaceSetup, "arms" | "data">): OptimizerChoice {
  const all = offers(data);
  return all.find((choice) => !arms.some(({ optimizer }) => isSame(optimizer, choice))) ?? all[0]!;
}

/** The optimiser with smoothing if its norm can be smoothed, which must be chosen there, and without it otherwise. */
export function withSmoothing(optimizer: OptimizerChoice): OptimizerChoice {
  if (optimizer.kind === "progressiveRescaling") {
    return { ...optimizer, optimizer: withSmoothing(optimizer.optimizer) as typeof optimizer.optimizer };
  }
  if (optimizer.kind !== "steepest") return optimizer;
  const { smoothing, ...rest } = optimizer;
  return smoothedNorms.includes(rest.norm as NormId) ? { ...rest, smoothing: smoothing ?? "none" } : rest;
}
