import { SteepestError } from "@steepest/kernels";

export {
  ArenaFullError,
  brandError,
  DefinitionError,
  type DefinitionIssue,
  isSteepestError,
  KernelLoadError,
  SteepestError,
  type SteepestErrorDetails,
} from "@steepest/kernels";

/** A length or shape that does not fit the others. */
export class DimensionError extends SteepestError {
  override readonly code = "DIMENSION";
}

/** Data that cannot be trained on: a file that is not what it says, labels other than -1 and +1, a class without samples. */
export class DataError extends SteepestError {
  override readonly code = "DATA";
}
