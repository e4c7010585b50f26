import type { ExperimentDefinition, PanelDefinition } from "../definition/definition.js";
import { paperSymbol } from "../probe/paperNotation.js";
import { probes } from "../probe/probe.js";
import type { RunRecord } from "../record.js";
import { armStyles } from "./style.js";

/** A vega-lite specification as plain data; this package does not draw. */
export type FigureSpec = Readonly<Record<string, unknown>>;

/** "margin in ℓ∞, paper: γ₁" */
export function panelTitle(probe: string): string {
  const symbol = paperSymbol(probe);
  const { label } = probes.get(probe)!;
  return symbol ? `${label} (paper: ${symbol})` : label;
}

interface CurvePoint {
  readonly arm: string;
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and range over seeds at every step that all seeds of an arm recorded. A frozen seed repeats its last row. */
function curve(label: string, runs: readonly RunRecord[], { probe, scale }: PanelDefinition): CurvePoint[] {
  const steps = [...new Set(runs.flatMap(({ rows }) => rows.map(({ step }) => step)))].filter((step) => step > 0).sort((a, b) => a - b);
  return steps.flatMap((step) => {
    const values = runs.map(({ rows }) => rows.findLast((row) => row.step <= step)?.[probe] ?? Number.NaN);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const low = Math.min(...values);
    if (!Number.isFinite(mean) || (scale === "log" && !(low > 0))) return [];
    return [{ arm: label, step, mean, low, high: Math.max(...values) }];
  });
}

function panel(definition: ExperimentDefinition, records: readonly RunRecord[], which: PanelDefinition): FigureSpec {
  const arms = Object.entries(definition.arms);
  const labels = arms.map(([arm, { label }]) => label ?? arm);
  const styles = armStyles(labels.length);
  const curves = arms.flatMap(([arm], i) =>
    curve(
      labels[i]!,
      records.filter((record) => record.arm === arm),
      which,
    ),
  );
  const published = Object.entries(which.published ?? {}).flatMap(([arm, points]) =>
    points.map(([step, value]) => ({ arm: definition.arms[arm]!.label ?? arm, step, mean: value })),
  );
  const color = {
    field: "arm",
    type: "nominal",
    sort: labels,
    scale: { domain: labels, range: styles.map((style) => style.color) },
    legend: null,
  };
  const dash = {
    field: "arm",
    type: "nominal",
    sort: labels,
    scale: { domain: labels, range: styles.map((style) => style.dash) },
    legend: null,
  };
  const legend = { title: null, symbolSize: 900, symbolStrokeWidth: 2.5, labelLimit: 420, orient: "bottom", columns: 3 };
  const x = {
    field: "step",
    type: "quantitative",
    scale: { type: "log", nice: false },
    axis: { title: "epoch (full-batch step)", format: "~s", tickCount: 5, grid: true },
  };
  const y = {
    field: "mean",
    type: "quantitative",
    scale: { type: which.scale, zero: false },
    axis: { title: panelTitle(which.probe), grid: true, tickCount: 6, ...(which.scale === "log" ? { format: "~g" } : {}) },
  };
  return {
    width: 380,
    height: 250,
    layer: [
      {
        data: { values: curves },
        mark: { type: "area", opacity: 0.13, line: false },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
      },
      {
        data: { values: curves },
        mark: { type: "line", strokeWidth: 2 },
        encoding: { x, y, color: { ...color, legend }, strokeDash: { ...dash, legend } },
      },
      ...(published.length > 0
        ? [
            {
              data: { values: published },
              mark: { type: "point", filled: false, size: 42, strokeWidth: 1.6, opacity: 0.9 },
              encoding: { x, y, color },
            },
          ]
        : []),
    ],
  };
}

/**
 * The figure of an experiment: one panel per entry of `definition.figure`, mean over seeds with the range as a band, published values as open circles.
 */
export function figure(definition: ExperimentDefinition, records: readonly RunRecord[]): FigureSpec {
  const seeds = definition.seeds.length;
  const hasPublished = definition.figure.some(({ published }) => published !== undefined);
  const notes = [
    seeds === 1 ? "one seed" : `line: mean of ${seeds} seeds, band: their range`,
    ...(hasPublished ? ["open circles: read off the published figure"] : []),
  ];
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: `${definition.id}: ${definition.question}`,
      subtitle: notes.join("; "),
      anchor: "start",
      fontSize: 15,
      subtitleFontSize: 12,
      offset: 14,
    },
    background: "white",
    config: {
      font: "DejaVu Sans",
      axis: { labelFontSize: 11, titleFontSize: 12, gridColor: "#e4e4e4", titleFontWeight: "normal" },
      legend: { labelFontSize: 12 },
      view: { stroke: "#999" },
    },
    columns: 2,
    concat: definition.figure.map((which) => panel(definition, records, which)),
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  };
}
