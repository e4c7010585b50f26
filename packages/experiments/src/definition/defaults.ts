import { isLabelled } from "../dataset/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import type { ExperimentDefinition, WrittenDefinition } from "./definition.js";
import type { PanelDefinition } from "./panel.js";

/** A definition with everything in it that it left out; "$schema" is for editors only. */
export function withDefaults({ $schema: _, ...written }: WrittenDefinition): ExperimentDefinition {
  const { id, source = "", question = defaultQuestion(written), claims = [], figure, ...rest } = written;
  return { id, source, question, ...rest, claims, figure: figure ?? defaultFigure(written) };
}

/** The question of an experiment that does not say its own; of targets no arm raises a margin. */
const defaultQuestion = ({ dataset }: WrittenDefinition): string =>
  isLabelled(dataset) ? "which margin does each arm raise?" : "which solution does each arm find?";

/** The default figure, of recorded probes only: the margin in the own norm of every arm, the log risk, and the error on test targets. */
function defaultFigure({ arms, record: { probes } }: WrittenDefinition): PanelDefinition[] {
  const ownMargins = Object.values(arms).map(({ optimizer }) => `margin.${buildOptimizer(optimizer).ownNorm.id}`);
  const margins = [...new Set([...ownMargins, "margin.own"])].filter((probe) => probes.includes(probe));
  return [
    ...margins.map((probe) => ({ probe, scale: "log" as const })),
    ...(probes.includes("logRisk") ? [{ probe: "logRisk", scale: "linear" as const }] : []),
    ...(probes.includes("testSquaredError") ? [{ probe: "testSquaredError", scale: "log" as const }] : []),
  ];
}
