import { DefinitionError } from "@steepest/core";
import { probeOf, probes } from "../probe/probe.js";
import { mentions } from "./claim.js";
import { checkConsistency } from "./consistency.js";
import { definitionSchema, type ExperimentDefinition } from "./definition.js";
import { frozen, plainTree } from "./plainTree.js";
import { firstProblem, suggestion } from "./problem.js";

/**
 * Checks a definition that came from outside; every key must be known and every name must exist. The result shares nothing with `value`, its parts
 * share nothing with each other, and nothing in it can be changed.
 *
 * @throws DefinitionError  with the path of the first problem, what was expected, what was got, and a hint
 */
export function parseDefinition(value: unknown): ExperimentDefinition {
  const tree = plainTree(value);
  const parsed = definitionSchema.safeParse(tree);
  if (!parsed.success) throw firstProblem(parsed.error, tree, definitionSchema);
  const definition = parsed.data;
  checkNames(definition);
  checkConsistency(definition);
  return frozen(definition);
}

function checkNames({ arms, record, claims, figure }: ExperimentDefinition): void {
  for (const [i, probe] of record.probes.entries()) if (!probeOf(probe)) requireName(`record.probes[${i}]`, "probe", probe, probes.keys());
  claims.forEach((claim, i) => {
    const mentioned = mentions(claim);
    for (const arm of mentioned.arms) requireName(`claims[${i}]`, "arm", arm, Object.keys(arms));
    for (const probe of mentioned.probes) requireRecorded(`claims[${i}]`, probe, record.probes);
  });
  figure.forEach((panel, i) => {
    requireRecorded(`figure[${i}].probe`, panel.probe, record.probes);
    for (const arm of Object.keys(panel.published ?? {})) requireName(`figure[${i}].published`, "arm", arm, Object.keys(arms));
  });
}

function requireRecorded(path: string, probe: string, known: Iterable<string>): void {
  requireName(path, "recorded probe", probe, known);
}

function requireName(path: string, what: string, name: string, known: Iterable<string>): void {
  const choices = [...known];
  if (choices.includes(name)) return;
  throw new DefinitionError(`${path}: there is no ${what} "${name}"`, { path, value: name, hint: suggestion(name, choices) });
}
