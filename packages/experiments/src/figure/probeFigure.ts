import { DefinitionError } from "@steepest/core";
import type { ExperimentDefinition } from "../definition/definition.js";
import { suggestion } from "../definition/nearest.js";
import type { PanelDefinition } from "../definition/panel.js";
import { probeOf } from "../probe/probe.js";
import type { RunDefinition } from "../record/definition.js";
import type { Recording } from "../record/runRecord.js";
import { curve } from "./curve.js";
import { figure } from "./figure.js";
import type { FigureSpec } from "./figureSpec.js";
import { deepest, leastDepth, overRisk } from "./overRisk.js";
import { pathFigure } from "./pathFigure.js";

/** A run with its definition, under the name of the arm that it is drawn as. */
export interface FiguredRun extends Recording {
  readonly run: RunDefinition;
}

/** The question of a figure of probes. */
export interface ProbeFigureOptions {
  readonly title: string;
  /** The axis below: "step", "logRisk" (drawn as the depth -log R), or any probe. */
  readonly x: string;
  /** The probes drawn, a panel each. */
  readonly y: readonly string[];
  /** Axes of the values; absent: logarithmic for positive values over more than a factor of 20. */
  readonly scale?: PanelDefinition["scale"] | undefined;
}

/** A figure and the numbers in it. */
export interface ProbeFigure {
  readonly spec: FigureSpec;
  /** Names of the columns of `rows`. */
  readonly columns: readonly string[];
  /** The points of all curves: means with the range over seeds, or over another probe those of each run. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Span of positive values from which a logarithmic axis says more. */
const wideSpan = 20;

/**
 * Any recorded probe over the step, over the depth -log R, or over any other probe: over step and depth the mean over the seeds of an arm with their range as a
 * band, over others the path of each run, in the order of its steps.
 *
 * @param runs     at least one; complete or not
 * @param options  title, probes and scale
 * @returns a vega-lite specification and its points
 * @throws DefinitionError  if a run has not recorded a probe
 */
export function probeFigure(runs: readonly FiguredRun[], { title, x, y, scale }: ProbeFigureOptions): ProbeFigure {
  for (const probe of x === "step" ? y : [x, ...y]) requireRecorded(runs, probe);
  const panels = y.map((probe): PanelDefinition => {
    return { probe, scale: scale ?? usualScale(runs, probe), ...(x === "logRisk" && { over: "depth" as const }) };
  });
  const definition = definitionOf(runs, title, panels);
  if (x !== "step" && x !== "logRisk") return pathFigure(definition, runs, { x, scale: scale ?? usualScale(runs, x) });
  return { spec: figure(definition, runs), ...pointsOf(definition, runs) };
}

function requireRecorded(runs: readonly FiguredRun[], probe: string): void {
  for (const { arm, seed, run } of runs) {
    if (run.record.probes.includes(probe)) continue;
    throw DefinitionError.at(probe, `is not recorded by ${arm} s${seed}`, {
      value: probe,
      hint: suggestion(probe, ["step", ...run.record.probes]),
    });
  }
}

function usualScale(runs: readonly Recording[], probe: string): PanelDefinition["scale"] {
  if (!probeOf(probe)?.positive) return "linear";
  const values = runs.flatMap(({ rows }) => rows.map((row) => row[probe] ?? Number.NaN)).filter(Number.isFinite);
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  return least > 0 && values.some((value) => value / wideSpan > least) ? "log" : "linear";
}

/** The experiment that the runs could be of: their arms, with data, network and loss of the first. */
function definitionOf(runs: readonly FiguredRun[], title: string, panels: readonly PanelDefinition[]): ExperimentDefinition {
  const [{ run: first }] = runs as readonly [FiguredRun];
  return {
    id: title,
    question: "",
    source: "",
    dataset: first.dataset,
    network: first.network,
    loss: first.loss,
    arms: Object.fromEntries(runs.map(({ arm, run }) => [arm, run.arm])),
    seeds: [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b),
    stop: first.stop,
    record: first.record,
    claims: [],
    figure: panels,
  } as ExperimentDefinition;
}

function pointsOf(definition: ExperimentDefinition, runs: readonly Recording[]): Omit<ProbeFigure, "spec"> {
  const last = Math.max(1, ...runs.map(({ rows }) => rows.at(-1)?.step ?? 0));
  const rows = definition.figure.flatMap((which) =>
    Object.keys(definition.arms).flatMap((arm) => {
      const own = runs.filter((run) => run.arm === arm);
      const isDeep = which.over === "depth";
      const drawn = isDeep ? overRisk(own, which.probe) : own;
      const end = isDeep ? Math.max(leastDepth, ...own.map(deepest)) : last;
      return curve(arm, drawn, which, end).map(({ step, mean, low, high }) => [which.probe, arm, own.length, step, mean, low, high]);
    }),
  );
  const place = definition.figure[0]?.over === "depth" ? "depth" : "step";
  return { columns: ["probe", "arm", "seeds", place, "mean", "low", "high"], rows };
}
