import type { Optimizer } from "@steepest/core";
import type { ArmDefinition, ExperimentDefinition } from "../definition/definition.js";
import { buildOptimizer } from "../optimizer/registry.js";
import type { RunRecord } from "../record.js";
import { valueAt } from "./moment.js";

/** What theory expects of an arm, next to what was measured. */
export interface ExpectationFinding {
  readonly arm: string;
  /** "margin.linf", or that theory is silent. */
  readonly expects: string;
  readonly source: string;
  /** Whether that margin ended as the largest of all arms. */
  readonly largest: string;
}

/** How many arms are named that are ahead. */
const mostNames = 3;

/** The optimiser that an arm ends with: the theorems are about what moves after separation. */
export function lastOptimizer({ optimizer, phases = [] }: ArmDefinition): Optimizer {
  return buildOptimizer(phases.findLast((phase) => phase.optimizer)?.optimizer ?? optimizer);
}

/** The optimisers' expectations against the rows; one finding per arm. Arms that expect the same margin are not compared: theory does not rank them. */
export function expectationFindings(definition: ExperimentDefinition, records: readonly RunRecord[]): ExpectationFinding[] {
  const arms = Object.entries(definition.arms).map(([arm, choice]) => {
    const { margin, source } = lastOptimizer(choice).expectation;
    return { arm, probe: margin && `margin.${margin.id}`, source };
  });
  return arms.map(({ arm, probe, source }): ExpectationFinding => {
    if (probe === undefined) return { arm, expects: "theory is silent", source, largest: "-" };
    if (!definition.record.probes.includes(probe)) return { arm, expects: probe, source, largest: "not recorded" };
    const rivals = arms.filter((other) => other.probe !== probe).map((other) => other.arm);
    const peers = arms.some((other) => other.probe === probe && other.arm !== arm);
    return { arm, expects: probe, source, largest: largestText(arm, probe, rivals, peers, records) };
  });
}

function largestText(arm: string, probe: string, rivals: readonly string[], peers: boolean, records: readonly RunRecord[]): string {
  if (rivals.length === 0) return "nothing to compare with";
  const runs = records.filter((record) => record.arm === arm);
  if (runs.length === 0) return "no: has no run";
  if (runs.some((run) => Number.isNaN(valueAt(run, probe, "end")))) return "no: has no end";
  const ahead = runs.map((run) =>
    records
      .filter(({ arm: other, seed }) => seed === run.seed && rivals.includes(other))
      .filter((rival) => !(valueAt(rival, probe, "end") < valueAt(run, probe, "end")) && !Number.isNaN(valueAt(rival, probe, "end")))
      .map(({ arm: other }) => other),
  );
  const beaten = ahead.filter((others) => others.length > 0).length;
  if (beaten === 0) return peers ? "yes, beside arms that expect the same" : "yes";
  const share = runs.length === 1 ? "" : ` for ${beaten} of ${runs.length} seeds`;
  const names = [...new Set(ahead.flat())];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  return `no${share}: behind ${names.slice(0, mostNames).join(", ")}${more}`;
}
