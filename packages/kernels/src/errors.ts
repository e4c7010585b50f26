/** The members that every error of Steepest carries. */
export interface SteepestErrorDetails {
  /** Position in the input: a path such as `arms.gradient.step.size`, or the function and argument. */
  readonly path?: string;
  /** The offending value. */
  readonly value?: unknown;
  /** Remedy, as advice to the reader. */
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

/** Gives `error` the shared members of a SteepestError. */
export function brandError(error: Error, code: string, details: SteepestErrorDetails): void {
  const { path, value, hint, cause } = details;
  error.name = error.constructor.name;
  Object.assign(error, { code, path, value, hint, [brand]: true });
  if (cause !== undefined) Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
}

export function isSteepestError(error: unknown): error is SteepestError {
  return error instanceof Error && (error as { [brand]?: boolean })[brand] === true;
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

/** The error of a factory to which the engine does not give the memory that it asks for. */
export function refusedMemory(byteLength: number, cause: unknown): ArenaFullError {
  return new ArenaFullError(`kernels: the engine gives no memory of ${byteLength} bytes: ${(cause as Error).message}`, {
    value: byteLength,
    cause,
    hint: "close() runs that have not ended and are no longer wanted, use fewer samples, a narrower network or fewer input columns, or raise a limit of the address space (ulimit -v): an engine may reserve 10 GB of it for each memory",
  });
}
