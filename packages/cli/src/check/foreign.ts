/** A subject in another process, after its hello. Every call throws ProcessError where the process is lost or answers something else. */
export interface Foreign {
  /** Its answer to "hello". */
  readonly hello: Readonly<Record<string, unknown>>;
  /** The calls that the process says it answers. */
  readonly members: readonly string[];
  number(call: string, ...args: readonly unknown[]): number;
  /** A vector that the process answers; `length` undefined: any length but 0. */
  vector(length: number | undefined, call: string, ...args: readonly unknown[]): Float64Array;
  /** Throws the error about an answer. @throws ProcessError */
  refuse(what: string, value: unknown): never;
}

/** True if an answer is a count: a length or a number of rows. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
