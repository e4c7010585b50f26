import { shown } from "@steepest/kernels";
import {
  ArenaFullError,
  DataError,
  DefinitionError,
  DimensionError,
  isSteepestError,
  KernelLoadError,
  SteepestError,
  type SteepestErrorDetails,
} from "./errors.js";

/** An error as data: structured cloning would drop everything but message and stack. */
export type SentError =
  | { readonly thrown: string }
  | {
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      readonly steepest: boolean;
      readonly code: string | undefined;
      readonly path: string | undefined;
      readonly value: unknown;
      readonly hint: string | undefined;
      readonly cause: SentError | undefined;
    };

/** An error of a class that is not of this package. */
class ForeignError extends SteepestError {
  override readonly code: string;
  constructor(code: string, message: string, details: SteepestErrorDetails) {
    super(message, details);
    this.code = code;
  }
}

const classes: Readonly<Record<string, new (message: string, details: SteepestErrorDetails) => SteepestError>> = {
  ARENA_FULL: ArenaFullError,
  DATA: DataError,
  DEFINITION: DefinitionError,
  DIMENSION: DimensionError,
  KERNEL_LOAD: KernelLoadError,
};

/**
 * An error as data for another thread, which calls `unpackError`.
 *
 * @param error  anything that was thrown
 * @returns data that structured cloning keeps
 */
export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { thrown: typeof error === "string" ? error : shown(error) };
  const { name, message, stack, cause } = error;
  const { code, path, value, hint } = error as Partial<Record<"code" | "path" | "value" | "hint", unknown>>;
  return {
    name,
    message,
    stack,
    steepest: isSteepestError(error),
    code: textOf(code),
    path: textOf(path),
    value: cloneable(value),
    hint: textOf(hint),
    cause: cause === undefined ? undefined : packError(cause),
  };
}

/**
 * An error with the name, stack and Steepest members of the packed one. It is of the same class if that is one of this package's; recognise others by
 * their `code`.
 *
 * @param sent  from `packError`
 * @returns an error to be thrown
 */
export function unpackError(sent: SentError): Error {
  if ("thrown" in sent) return new Error(sent.thrown);
  const { name, message, stack, steepest, code, path, value, hint } = sent;
  const cause = sent.cause && unpackError(sent.cause);
  const details = { path, value, hint, cause };
  const known = steepest && Object.hasOwn(classes, code!) ? classes[code!] : undefined;
  const error = known
    ? new known(message, details)
    : steepest
      ? new ForeignError(code!, message, details)
      : new Error(message, cause && { cause });
  if (!steepest) Object.assign(error, code !== undefined && { code }, path !== undefined && { path });
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

function textOf(member: unknown): string | undefined {
  return typeof member === "string" ? member : undefined;
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return shown(value);
  }
}
