import type { MenuEntry } from "./member.js";
import { type OptimizerChoice, optimizerFacts, optimizerName, optimizers } from "./registry.js";

/** The optimisers of new definitions whose network may have kinks, by the words that name their arms. */
export const optimizerProposals: ReadonlyMap<string, OptimizerChoice> = new Map(
  Object.keys(optimizers).flatMap((kind) => Object.entries(optimizerFacts(kind as keyof typeof optimizers).proposals ?? {})),
);

const kinds = Object.keys(optimizers) as (keyof typeof optimizers)[];

/** The optimisers that menus offer, each as it is when it is chosen: choices with a name of their own by that name, "sign descent", all others by their kind. */
export const optimizerMenu: ReadonlyMap<string, MenuEntry<OptimizerChoice>> = new Map(
  kinds.flatMap((kind): [string, MenuEntry<OptimizerChoice>][] => {
    const { menu } = optimizerFacts(kind);
    const start = optimizers[kind].examples[0];
    const named = (menu?.named ?? []).map((choice): [string, MenuEntry<OptimizerChoice>] => {
      const name = optimizerName(choice);
      return [name, { name, start: choice }];
    });
    return [...named, [kind, menu?.others ?? { name: optimizerName(start), start }]];
  }),
);
