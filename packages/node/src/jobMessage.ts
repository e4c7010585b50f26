import { brandError, isSteepestError } from "@steepest/kernels";

/** What runs between `runJobs` and `serveJobs`. */
export type ToWorker =
  | { readonly kind: "job"; readonly index: number; readonly job: unknown }
  | { readonly kind: "abort"; readonly reason: SentError };

export type FromWorker =
  | { readonly kind: "message"; readonly index: number; readonly message: unknown }
  | { readonly kind: "done"; readonly index: number; readonly result: unknown }
  | { readonly kind: "failed"; readonly index: number; readonly error: SentError };

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

export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { thrown: String(error) };
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

/** An Error with the name, stack and Steepest members of the packed one; recognise it by `code`, not by `instanceof`. */
export function unpackError(sent: SentError): Error {
  if ("thrown" in sent) return new Error(sent.thrown);
  const { name, message, stack, steepest, code, path, value, hint } = sent;
  const error = new Error(message);
  const cause = sent.cause && unpackError(sent.cause);
  if (steepest) brandError(error, code!, { ...(path !== undefined && { path }), value, ...(hint !== undefined && { hint }), cause });
  else Object.assign(error, code !== undefined && { code }, path !== undefined && { path }, cause && { cause });
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
    return String(value);
  }
}
