import type { SentError } from "@steepest/core/internal";

/** A definition whose modules are to be run and asked laws, as data that can be sent to a thread. */
export interface Admission {
  /** The definition as it was written and changed. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Folder that its paths start from. */
  readonly base: string;
}

/** A message of the thread that runs the modules. The last one is `admitted` or `failed`. */
export type Admitting =
  /** The code of a module runs next. */
  | { readonly kind: "load"; readonly path: string; readonly sha256: string }
  /** Laws are asked of a module next. */
  | { readonly kind: "ask"; readonly path: string }
  /** The code of modules rests. */
  | { readonly kind: "rest" }
  /** The definition with its facts, as far as it is well formed. */
  | { readonly kind: "admitted"; readonly value: unknown }
  | { readonly kind: "failed"; readonly error: SentError };
