import type { ExperimentDefinition } from "../definition/definition.js";
import { lossConvention } from "../definition/lossConvention.js";
import { buildOptimizer, type OptimizerChoice, optimizers } from "./registry.js";

/** A convention on which libraries differ, with the arms that follow it, in the order of the definition. */
export interface ConventionFinding {
  readonly convention: string;
  readonly arms: readonly string[];
}

/**
 * Conventions that the loss and the optimisers of an experiment declare, those of later phases among them, also where the definition leaves the option out: where
 * Adam adds ε, for example.
 *
 * @param definition  a complete definition
 * @returns each convention once, that of the loss first, then in the order of the arms; none where none is declared
 */
export function conventionFindings(definition: Pick<ExperimentDefinition, "arms" | "loss" | "dataset">): ConventionFinding[] {
  const { arms } = definition;
  const found = new Map<string, Set<string>>();
  const ofLoss = lossConvention(definition);
  if (ofLoss !== undefined) found.set(ofLoss, new Set(Object.keys(arms)));
  for (const [arm, { optimizer, phases = [] }] of Object.entries(arms)) {
    for (const choice of [optimizer, ...phases.map((phase) => phase.optimizer)]) {
      for (const convention of choice === undefined ? [] : conventionsOf(choice)) {
        found.set(convention, (found.get(convention) ?? new Set()).add(arm));
      }
    }
  }
  return [...found].map(([convention, followers]) => ({ convention, arms: [...followers] }));
}

/**
 * Conventions that an optimiser of a definition declares.
 *
 * @param choice  an optimiser of a definition
 * @returns sentences such as "ε outside the root: √v + ε, as in torch.optim"
 * @throws DefinitionError  if core refuses its options
 */
export function conventionsOf(choice: OptimizerChoice): readonly string[] {
  return buildOptimizer(choice).conventions ?? [];
}

/**
 * Conventions of an optimiser of the registry, by its examples, each once.
 *
 * @param kind  an optimiser of the registry
 * @returns sentences
 */
export function conventionTexts(kind: keyof typeof optimizers): string[] {
  return [...new Set((optimizers[kind].examples ?? []).flatMap(conventionsOf))];
}
