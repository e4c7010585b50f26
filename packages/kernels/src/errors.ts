/** The members that every error of Steepest carries. */
export interface SteepestErrorDetails {
  /** Position in the input: a path such as `arms.gradient.step.size`, or the function and argument. */
  readonly path?: string | undefined;
  /** The offending value. */
  readonly value?: unknown;
  /** Remedy, as advice to the reader. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

const brand: unique symbol = Symbol.for("steepest.error") as never;

/** The base of all errors of Steepest; test with `isSteepestError`, not with `instanceof` across package copies. */
export abstract class SteepestError extends Error {
  /** The kind of the error: "DEFINITION", "DATA". */
  abstract readonly code: string;
  readonly path: string | undefined;
  readonly value: unknown;
  readonly hint: string | undefined;

  /**
   * @param message  who, what was expected, what was got
   * @param details  path, value, hint and cause
   */
  constructor(message: string, details: SteepestErrorDetails = {}) {
    const { path, value, hint, cause } = details ?? {}; // an error about errors would hide the first one
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.path = path;
    this.value = value;
    this.hint = hint;
    brandError(this);
  }

  /**
   * An error whose message begins with its path.
   *
   * @param path     position in the input, as in the details
   * @param what     the fault, as a sentence about the path: what was expected, what was got
   * @param details  the other members
   * @returns an error of this class, to be thrown
   */
  static at<E>(
    this: new (
      message: string,
      details: SteepestErrorDetails,
    ) => E,
    path: string,
    what: string,
    details?: Omit<SteepestErrorDetails, "path">,
  ): E {
    return new this(`${path}: ${what}`, { ...details, path });
  }
}

/**
 * Makes `isSteepestError` recognise an error that has the members but must extend another class.
 *
 * @param error  an error with `code`, `path`, `value` and `hint`; it is marked
 * @returns that error
 * @throws DefinitionError  if it is no error
 */
export function brandError<E extends Error & Omit<SteepestError, keyof Error>>(error: E): E {
  if (!(error instanceof Error)) throw new DefinitionError("brandError: must be an error", { path: "error", value: error });
  return Object.assign(error, { [brand]: true });
}

/**
 * True for an error of Steepest's, of this copy of the packages or another.
 *
 * @param error  anything that was thrown
 * @returns true if it has the members of `SteepestError`, whatever its class
 */
export function isSteepestError(error: unknown): error is SteepestError {
  return error instanceof Error && (error as { [brand]?: boolean })[brand] === true;
}

/** One thing that is wrong with a definition. */
export type DefinitionIssue = Pick<SteepestError, "message" | "path" | "value" | "hint">;

/** A setting that has no meaning: the definition must change. */
export class DefinitionError extends SteepestError {
  override readonly code = "DEFINITION";
  readonly #issues: readonly DefinitionIssue[];

  /**
   * @param message  who, what was expected, what was got; with issues a line for each
   * @param details  path, value, hint and cause; with issues those of the first
   * @param issues   everything that is wrong, where that is more than one thing
   */
  constructor(message: string, details: SteepestErrorDetails = {}, issues: readonly DefinitionIssue[] = []) {
    super(message, details);
    this.#issues = issues;
  }

  /** Everything that is wrong, in the order of the definition: at least this error itself. */
  get issues(): readonly DefinitionIssue[] {
    return this.#issues.length > 0 ? this.#issues : [this];
  }
}

/** The binary could not be read, compiled or instantiated, or is not the one these signatures describe. */
export class KernelLoadError extends SteepestError {
  override readonly code = "KERNEL_LOAD";
}

/** The memory that the definition needs does not fit, or a span was requested past the planned size. */
export class ArenaFullError extends SteepestError {
  override readonly code = "ARENA_FULL";
}

/**
 * The error of a factory to which the engine does not give the memory that it asks for.
 *
 * @param byteLength  bytes that were asked for
 * @param cause       the engine's error
 * @returns the error to throw
 */
export function refusedMemory(byteLength: number, cause: unknown): ArenaFullError {
  return new ArenaFullError(`kernels: the engine gives no memory of ${byteLength} bytes: ${(cause as Error).message}`, {
    value: byteLength,
    cause,
    hint: "close() runs that have not ended and are no longer wanted, use fewer samples, a narrower network or fewer input columns, or raise a limit of the address space (ulimit -v): an engine may reserve 10 GB of it for each memory",
  });
}
