/** A fact about this machine, as far as it matters to runs. */
export interface Finding {
  readonly subject: string;
  /** "ok"; "absent": something works only with it; "problem": runs fail, or fewer are made at once. */
  readonly state: "ok" | "absent" | "problem";
  /** The fact. */
  readonly found: string;
  /** The remedy, where it is not "ok". */
  readonly hint?: string;
}
