/** A subject in another process, after its hello. Every call throws ProcessError where the process is lost or answers something else. */
export interface Foreign {
  /** Its answer to "hello". */
  readonly hello: Readonly<Record<string, unknown>>;
  /** The calls it says that it answers. */
  readonly members: readonly string[];
  number(call: string, ...args: readonly unknown[]): number;
  /** `length` undefined: of any length but 0. */
  vector(length: number | undefined, call: string, ...args: readonly unknown[]): Float64Array;
  /** @throws ProcessError */
  refuse(what: string, value: unknown): never;
}

/** Whether what a process said of a length or a number of rows is one. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
