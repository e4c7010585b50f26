import type { SentError } from "@steepest/core/internal";
import type { CheckOptions } from "@steepest/laws";
import type { Checked, Replayed } from "./family.js";

/** The question of a `steepest check`, as data that can be sent to a thread. */
export interface Inquiry extends CheckOptions {
  /** Ids of the families whose laws are asked. */
  readonly families: readonly string[];
  /** Id of the one law to ask; undefined: all of them. */
  readonly law: string | undefined;
  /** The value of --subject. */
  readonly choice: string | undefined;
  /** The options that a module's default export is called with, if it is a function. */
  readonly moduleOptions: Readonly<Record<string, unknown>> | undefined;
  readonly patienceSeconds: number;
  /** The one case to evaluate the law on, in place of generated ones. */
  readonly replay: unknown;
}

export type NamedReplay = Replayed & { readonly name: string };

/** The one answer of an inquiry's thread. */
export type Told =
  | { readonly kind: "checked"; readonly results: readonly Checked[] }
  | { readonly kind: "replayed"; readonly results: readonly NamedReplay[] }
  | { readonly kind: "failed"; readonly error: SentError };
