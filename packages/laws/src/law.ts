import type fc from "fast-check";

/**
 * A statement about a subject that can be checked on generated cases, as data.
 *
 * `holds` measures instead of judging: it returns the violation in units of a bound that was derived from the number of roundings, so 0 is exact,
 * up to 1 is rounding, and more than 1, or NaN, refutes the law.
 */
export interface Law<Subject, Case = unknown> {
  readonly id: string;
  /** The law in words and symbols. */
  readonly statement: string;
  readonly source: string;
  /** Members of the subject without which the law cannot be asked. */
  readonly requires: readonly (keyof Subject & string)[];
  /** What the subject must say of itself beyond having the members; without it, having them is enough. */
  applies?(subject: Subject): boolean;
  /** The planted mutant that this law is known to refute; it lives in this package's tests. */
  readonly kills: string;
  /** Random cases, or a list of which every one is checked. */
  generate(subject: Subject): fc.Arbitrary<Case> | readonly Case[];
  holds(subject: Subject, sample: Case): number;
}

/** Whether the law can be asked of the subject: it has the members, and says of itself what the law is about. */
export function canBeAsked<Subject extends object>(law: Law<Subject>, subject: Subject): boolean {
  return law.requires.every((member) => subject[member] !== undefined) && (law.applies?.(subject) ?? true);
}

/** `violation` in units of `bound`: 0 where nothing is violated, infinite where a violation meets a bound of 0, NaN for NaN. */
export function slack(violation: number, bound: number): number {
  return violation <= 0 ? 0 : violation / bound;
}

/** The slack of a statement that is true or false. */
export function exactly(statement: boolean): number {
  return statement ? 0 : Infinity;
}
