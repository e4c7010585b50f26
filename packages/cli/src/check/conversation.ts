/** One request, one answer, a line of JSON each; NaN, Infinity, -Infinity and -0 as strings. */
export interface Request {
  readonly id: number;
  readonly call: string;
  readonly args: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A message of the thread that owns the process to the thread that waits. */
export type Heard = { readonly line: string } | { readonly lost: string };

/** The signal cell of the shared memory: 0 while nothing was heard. */
export const heardCell = 0;

export interface ProcessThreadData {
  readonly command: string;
  readonly signal: SharedArrayBuffer;
}
