import { brandError, type SteepestError, type SteepestErrorDetails } from "@steepest/kernels";

export {
  ArenaFullError,
  brandError,
  isSteepestError,
  KernelLoadError,
  type SteepestError,
  type SteepestErrorDetails,
} from "@steepest/kernels";

/** A length or shape that does not fit the others. */
export class DimensionError extends RangeError implements SteepestError {
  declare readonly code: "DIMENSION";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "DIMENSION", details);
  }
}

/** One thing that is wrong with a definition. */
export type DefinitionIssue = Pick<SteepestError, "message" | "path" | "value" | "hint">;

/** A setting that has no meaning: the definition must change. */
export class DefinitionError extends TypeError implements SteepestError {
  declare readonly code: "DEFINITION";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  readonly #issues: readonly DefinitionIssue[];
  /** @param issues  everything that is wrong, where that is more than one thing; the message has a line for each, and the details are the first one's */
  constructor(message: string, details: SteepestErrorDetails = {}, issues: readonly DefinitionIssue[] = []) {
    super(message);
    brandError(this, "DEFINITION", details);
    this.#issues = issues;
  }

  /** Everything that is wrong, in the order of the definition: at least this error itself. */
  get issues(): readonly DefinitionIssue[] {
    return this.#issues.length > 0 ? this.#issues : [this];
  }
}

/** Data that cannot be trained on: a file that is not what it says, labels other than -1 and +1, a class without samples. */
export class DataError extends Error implements SteepestError {
  declare readonly code: "DATA";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "DATA", details);
  }
}
