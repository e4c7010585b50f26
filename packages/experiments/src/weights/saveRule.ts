import { DefinitionError } from "@steepest/core";
import { didYouMean } from "../definition/nearest.js";
import type { Better } from "../probe/measured.js";
import { probeOf } from "../probe/probe.js";
import type { Row } from "../record/row.js";

/** Rows of a run whose weights are saved: its last one, every one, or the one with the best value of a probe. */
export type SaveRule = { readonly kind: "final" } | { readonly kind: "every" } | BestRule;

/** The row with the best value of a probe; of equal ones the first. */
export interface BestRule {
  readonly kind: "best";
  readonly probe: string;
  readonly better: Better;
}

const forms = "final, every, best:PROBE, best:max:PROBE or best:min:PROBE";
const directions: Readonly<Record<string, Better>> = { max: "larger", min: "smaller" };

/**
 * The rule of a text: "final", "every", "best:margin.linf", "best:min:norm.l2". Without max or min the probe says which values are better.
 *
 * @param text    the rule
 * @param probes  those that the run records
 * @returns the rule
 * @throws DefinitionError  if it is none, the probe is not recorded, or neither direction of it is better
 */
export function saveRule(text: string, probes: readonly string[]): SaveRule {
  if (text === "final" || text === "every") return { kind: text };
  const [, direction, probe] = /^best:(?:(max|min):)?(.+)$/.exec(text) ?? [];
  if (probe === undefined) throw DefinitionError.at("--save", `must be ${forms}, got "${text}"`, { value: text });
  if (!probes.includes(probe)) {
    const hint = didYouMean(probe, probes) ?? `add it to record.probes; recorded: ${probes.join(", ")}`;
    throw DefinitionError.at("--save", `the run does not record ${probe}`, { value: text, hint });
  }
  const better = direction === undefined ? probeOf(probe)?.better : directions[direction];
  if (better !== undefined) return { kind: "best", probe, better };
  throw DefinitionError.at("--save", `neither the largest nor the smallest ${probe} is the best`, {
    value: text,
    hint: `write best:max:${probe} or best:min:${probe}`,
  });
}

/**
 * The comparison of a value with the best before it. NaN is never better, and of equal ones the first is the best.
 *
 * @param rule    says which values are better
 * @param value   of its probe
 * @param before  the best value so far; undefined: there is none
 * @returns true if the value is better
 */
export function isBetter(rule: BestRule, value: number, before: number | undefined): boolean {
  if (Number.isNaN(value)) return false;
  return before === undefined || (rule.better === "larger" ? value > before : value < before);
}

/**
 * The rows whose weights a rule saves.
 *
 * @param rule  the rule
 * @param rows  of the run, or of its beginning
 * @returns rows in their order; none where no row has a value of the probe
 */
export function savedRows(rule: SaveRule, rows: readonly Row[]): readonly Row[] {
  if (rule.kind === "every") return rows;
  if (rule.kind === "final") return rows.slice(-1);
  const best = rows.reduce<Row | undefined>(
    (before, row) => (isBetter(rule, row[rule.probe]!, before?.[rule.probe]) ? row : before),
    undefined,
  );
  return best ? [best] : [];
}
