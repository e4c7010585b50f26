import type fc from "fast-check";
import { type Arithmetic, timesPowerOfTwo } from "./arithmetic.js";

/** Both sides of an equality or inequality, as numbers. */
export interface Sides {
  /** The part of the statement, where a law makes several or speaks of every entry. */
  readonly part?: string;
  readonly left: number;
  readonly relation: "=" | "<=" | ">";
  readonly right: number;
  /** Violation that rounding may cause; 0 where the statement must hold as it stands. */
  readonly allowed: number;
}

/** Distance of a case from refuting a law. */
export interface Finding {
  /** The violation in units of the bound: 0 is exact, up to 1 is rounding, and more than 1, or NaN, refutes. */
  readonly slack: number;
  readonly sides?: Sides;
}

/**
 * A statement about a subject that can be checked on generated cases, as data.
 *
 * `holds` measures instead of judging: it returns the violation in units of a bound that was derived from the number of roundings, so 0 is exact,
 * up to 1 is rounding, and more than 1, or NaN, refutes the law; with both sides of the statement, or alone.
 */
export interface Law<Subject, Case = unknown> {
  readonly id: string;
  /** The law in words and symbols. */
  readonly statement: string;
  readonly source: string;
  /** Members of the subject without which the law cannot be asked. */
  readonly requires: readonly (keyof Subject & string)[];
  /** True if the law applies to the subject, by facts that the subject states beyond its members; absent: it applies wherever the members exist. */
  applies?(subject: Subject): boolean;
  /** The planted mutant that this law is known to refute; it lives in this package's tests. */
  readonly kills: string;
  /** Random cases, or a list of which every one is checked. */
  generate(subject: Subject, arithmetic: Arithmetic): fc.Arbitrary<Case> | readonly Case[];
  holds(subject: Subject, sample: Case, arithmetic: Arithmetic): Finding | number;
}

/**
 * True if the law can be asked of the subject: it has the members, and the law applies to it.
 *
 * @param law      a law
 * @param subject  the object under test
 * @returns false where the result of the law is "not applicable"
 */
export function canBeAsked<Subject extends object>(law: Law<Subject>, subject: Subject): boolean {
  return law.requires.every((member) => subject[member] !== undefined) && (law.applies?.(subject) ?? true);
}

/** `violation` in units of `bound`: 0 where nothing is violated, infinite where a violation meets a bound of 0, NaN for NaN. */
export function slack(violation: number, bound: number): number {
  return violation <= 0 ? 0 : violation / bound;
}

interface Shown {
  readonly part?: string;
  /** Exponent of the scaling by 2^-scale under which the sides were compared; they are shown without it. */
  readonly scale?: number;
}

/** left = right, up to `bound`. */
export function equal(left: number, right: number, bound: number, shown: Shown = {}): Finding {
  return { slack: slack(Math.abs(left - right), bound), sides: sides(left, "=", right, bound, shown) };
}

/** left <= right, up to `bound`. */
export function atMost(left: number, right: number, bound: number, shown: Shown = {}): Finding {
  return { slack: slack(left - right, bound), sides: sides(left, "<=", right, bound, shown) };
}

/** left > right, as it stands. */
export function above(left: number, right: number, shown: Shown = {}): Finding {
  return { slack: left > right ? 0 : Number.POSITIVE_INFINITY, sides: sides(left, ">", right, 0, shown) };
}

/** left is right, and NaN is NaN; `strictly`, 0 is not -0 either. */
export function same(left: number, right: number, shown: Shown & { readonly strictly?: boolean } = {}): Finding {
  const holds = Object.is(left, right) || (!shown.strictly && left === right);
  return { slack: holds ? 0 : Number.POSITIVE_INFINITY, sides: sides(left, "=", right, 0, shown) };
}

/** The first entry in which two vectors are not the same, or the first one. */
export function sameEntries(one: Float64Array, other: Float64Array, strictly: boolean, part?: string): Finding {
  const prefix = part === undefined ? "" : `${part}, `;
  if (one.length !== other.length) return same(one.length, other.length, { part: `${prefix}number of entries` });
  const differs = (value: number, i: number): boolean => same(value, other[i]!, { strictly }).slack > 0;
  const at = Math.max(one.findIndex(differs), 0);
  if (one.length === 0) return { slack: 0 };
  return same(one[at]!, other[at]!, { part: `${prefix}entry ${at}`, strictly });
}

/** The entry in which two vectors differ by most, or a NaN. */
export function equalEntries(one: Float64Array, other: Float64Array, bound: number, shown: Shown = {}): Finding {
  const prefix = shown.part === undefined ? "" : `${shown.part}, `;
  if (one.length !== other.length) return same(one.length, other.length, { part: `${prefix}number of entries` });
  let [at, most] = [0, -1];
  for (const [i, value] of one.entries()) {
    const off = Math.abs(value - other[i]!);
    if (off <= most) continue;
    [at, most] = [i, off];
    if (Number.isNaN(off)) break;
  }
  if (one.length === 0) return { slack: 0 };
  return equal(one[at]!, other[at]!, bound, { ...shown, part: `${prefix}entry ${at}` });
}

/** The finding that is closest to a refutation. */
export function worst(findings: readonly Finding[]): Finding {
  return findings.reduce((most, finding) => (finding.slack <= most.slack || Number.isNaN(most.slack) ? most : finding));
}

/** The finding of a law that makes no statement about a case. */
export const vacuous: Finding = { slack: 0 };

/**
 * The finding of a law that returned a bare slack.
 *
 * @param found  a finding, or its slack
 * @returns a finding
 */
export function findingOf(found: Finding | number): Finding {
  return typeof found === "number" ? { slack: found } : found;
}

function sides(left: number, relation: Sides["relation"], right: number, allowed: number, { part, scale = 0 }: Shown): Sides {
  return {
    ...(part !== undefined && { part }),
    left: timesPowerOfTwo(left, scale),
    relation,
    right: timesPowerOfTwo(right, scale),
    allowed: timesPowerOfTwo(allowed, scale),
  };
}

/**
 * Both sides of a statement in words:
 *
 * "entry 3: left side 1, right side 2; must be left = right, up to 4.4e-15"
 *
 * @param sides  part, sides, relation and allowance
 * @returns one line
 */
export function sidesText({ part, left, relation, right, allowed }: Sides): string {
  const where = part === undefined ? "" : `${part}: `;
  const bound = allowed > 0 && Number.isFinite(allowed) ? `, up to ${allowed.toPrecision(2)}` : "";
  const found = `${where}left side ${numberText(left)}, right side ${numberText(right)}; must be left ${relation} right${bound}`;
  return Number.isNaN(left - right) ? `${found}, and numbers that can be compared` : found;
}

const numberText = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));
