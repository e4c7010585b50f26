import { brandError, type SteepestError, type SteepestErrorDetails } from "@steepest/kernels";

export {
  ArenaFullError,
  brandError,
  DefinitionError,
  type DefinitionIssue,
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
