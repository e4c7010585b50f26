/** One thing that a command refuses or that went wrong, for people and for machines. */
export interface Problem {
  readonly message: string;
  readonly path?: string | undefined;
  readonly hint?: string | undefined;
}
