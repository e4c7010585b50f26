import { canonicalJson } from "@steepest/core";
import { datasets, optimizerMenu as entries, type OptimizerChoice, optimizerFacts } from "@steepest/experiments";
import { offeredFirst, offeredForFewWeights, offeredLater } from "./defaults.js";
import type { RaceData, RaceSetup } from "./raceSetup.js";

/** Entries of the menu of optimisers: ids and names. */
export const optimizerMenu: readonly (readonly [string, string])[] = [...entries].map(([id, { name }]) => [id, name]);

/** The optimiser of an entry of the menu, with its first options. */
export const optimizerOfEntry = (entry: string): OptimizerChoice => entries.get(entry)!.start;

/** The entries with a name of their own. */
const named = [...entries.values()].filter(({ start }) => optimizerFacts(start.kind).menu?.named.includes(start));

const isSame = (one: OptimizerChoice, other: OptimizerChoice): boolean => canonicalJson(one) === canonicalJson(other);

/** The menu's entry of an optimiser; one with a name of its own hides its options, unless it came about by them and keeps them. */
export function entryOf(
  optimizer: OptimizerChoice,
  { keepsOptions }: { readonly keepsOptions: boolean } = { keepsOptions: false },
): { readonly entry: string; readonly hasOptions: boolean } {
  const name = keepsOptions ? undefined : named.find(({ start }) => isSame(start, optimizer))?.name;
  return { entry: name ?? optimizer.kind, hasOptions: name === undefined };
}

/** The optimisers offered beside those that race, those that separate the data first; of tables it is not known how many weights it takes. */
function offers(data: RaceData): readonly OptimizerChoice[] {
  const few = data.kind !== "dropped" && datasets[data.kind].fewWeightsSuffice;
  const inOrder = few ? [offeredForFewWeights, ...offeredLater] : [...offeredLater, offeredForFewWeights];
  return [...offeredFirst, ...inOrder].map(optimizerOfEntry);
}

/** The first optimiser on offer for these data that does not race yet. */
export function unusedOptimizer({ arms, data }: Pick<RaceSetup, "arms" | "data">): OptimizerChoice {
  const all = offers(data);
  return all.find((choice) => !arms.some(({ optimizer }) => isSame(optimizer, choice))) ?? all[0]!;
}

/** The optimiser with the options that its others require, and without those that have no meaning beside them. */
export function complete(optimizer: OptimizerChoice): OptimizerChoice {
  return optimizerFacts(optimizer.kind).complete?.(optimizer) ?? optimizer;
}
