import type { ExperimentDefinition } from "../definition/definition.js";

/** An experiment that ships with the program. */
export interface CatalogEntry {
  readonly definition: ExperimentDefinition;
  /** Changes that `--quick` makes: a shorter run of the same experiment. */
  readonly quick: Partial<Pick<ExperimentDefinition, "seeds" | "stop">>;
}
