import { SteepestError, type SteepestErrorDetails } from "@steepest/kernels";

export { ArenaFullError, brandError, isSteepestError, KernelLoadError, SteepestError, type SteepestErrorDetails } from "@steepest/kernels";

/** A length or shape that does not fit the others. */
export class DimensionError extends SteepestError {
  override readonly code = "DIMENSION";
}

/** One thing that is wrong with a definition. */
export type DefinitionIssue = Pick<SteepestError, "message" | "path" | "value" | "hint">;

/** A setting that has no meaning: the definition must change. */
export class DefinitionError extends SteepestError {
  override readonly code = "DEFINITION";
  readonly #issues: readonly DefinitionIssue[];
  /** @param issues  everything that is wrong, where that is more than one thing; the message has a line for each, and the details are the first one's */
  constructor(message: string, details: SteepestErrorDetails = {}, issues: readonly DefinitionIssue[] = []) {
    super(message, details);
    this.#issues = issues;
  }

  /** Everything that is wrong, in the order of the definition: at least this error itself. */
  get issues(): readonly DefinitionIssue[] {
    return this.#issues.length > 0 ? this.#issues : [this];
  }
}

/** Data that cannot be trained on: a file that is not what it says, labels other than -1 and +1, a class without samples. */
export class DataError extends SteepestError {
  override readonly code = "DATA";
}
