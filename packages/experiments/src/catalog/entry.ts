import type { ExperimentDefinition } from "../definition/definition.js";

/** An experiment that ships with the program. */
export interface CatalogEntry {
  readonly definition: ExperimentDefinition;
  /** true: among its arms are steps so large that the soft margin of their own norm falls, which is what it looks at. Default false. */
  readonly losesMargin?: boolean;
  /** Changes that `--quick` makes: a shorter run of the same experiment. */
  readonly quick: Partial<Pick<ExperimentDefinition, "seeds" | "stop">>;
}
