/** What every error of Steepest carries. */
export interface SteepestErrorDetails {
  /** Where in the input: a path such as `arms.gradient.step.size`, or the function and argument. */
  readonly path?: string;
  /** The offending value. */
  readonly value?: unknown;
  /** What to do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The members that all Steepest errors share; test with `isSteepestError`, not with `instanceof` across package copies. */
export interface SteepestError extends Error {
  readonly code: string;
  readonly path: string | undefined;
  readonly value: unknown;
  readonly hint: string | undefined;
}

const brand: unique symbol = Symbol.for("steepest.error") as never;

/** Gives `error` the shared members of a SteepestError. @throws DefinitionError  unless it is an error, and the code a text */
export function brandError(error: Error, code: string, details: SteepestErrorDetails): void {
  if (!(error instanceof Error))
    throw new DefinitionError("brandError.error: must be an Error", { path: "brandError.error", value: error });
  if (typeof code !== "string") throw new DefinitionError("brandError.code: must be a text", { path: "brandError.code", value: code });
  const { path, value, hint, cause } = details ?? {}; // an error about errors would hide the first one
  error.name = error.constructor.name;
  Object.assign(error, { code, path, value, hint, [brand]: true });
  if (cause !== undefined) Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
}

export function isSteepestError(error: unknown): error is SteepestError {
  return error instanceof Error && (error as { [brand]?: boolean })[brand] === true;
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

/** The binary could not be read, compiled or instantiated, or is not the one these signatures describe. */
export class KernelLoadError extends Error implements SteepestError {
  declare readonly code: "KERNEL_LOAD";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "KERNEL_LOAD", details);
  }
}

/** The memory that the definition needs does not fit, or a span was requested past the planned size. */
export class ArenaFullError extends RangeError implements SteepestError {
  declare readonly code: "ARENA_FULL";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "ARENA_FULL", details);
  }
}

/** What a factory throws where the engine does not give it the memory that it asks for. */
export function refusedMemory(byteLength: number, cause: unknown): ArenaFullError {
  return new ArenaFullError(`kernels: the engine gives no memory of ${byteLength} bytes: ${(cause as Error).message}`, {
    value: byteLength,
    cause,
    hint: "close() runs that have not ended and are no longer wanted, use fewer samples or a narrower network, or raise a limit of the address space (ulimit -v): an engine may reserve 10 GB of it for each memory",
  });
}
