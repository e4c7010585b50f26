import type { ArmDefinition, ExperimentDefinition, PanelDefinition } from "../definition/definition.js";
import { logMeanRisk } from "../probe/logMeanRisk.js";
import { paperMargin, paperSymbol } from "../probe/paperNotation.js";
import { probeOf, symbolOf } from "../probe/probe.js";
import type { Recording } from "../record.js";
import { lastOptimizer } from "../verdict/expectation.js";
import { numberText } from "../verdict/numberText.js";
import { type CurvePoint, curve } from "./curve.js";
import { type ArmStyle, armStyles } from "./style.js";

/** A vega-lite specification as plain data; this package does not draw. */
export type FigureSpec = Readonly<Record<string, unknown>>;

/** "margin in ℓ∞ (paper: γ₁)"; the log risk says how the mean is read off it where the mean is trained on. */
export function panelTitle(probe: string, definition: Pick<ExperimentDefinition, "loss" | "dataset">): string {
  const offset = probe === "logRisk" ? logMeanRisk(definition, 0) : undefined;
  if (offset !== undefined) return `log risk (sum over samples; the mean: ${numberText(-offset)} less)`;
  const symbol = paperSymbol(probe);
  const { label } = probeOf(probe)!;
  return symbol ? `${label} (paper: ${symbol})` : label;
}

/** "sign descent: own margin in ℓ∞, γ₁": our name of the margin that theory says the arm raises, and the paper's symbol. */
export function armTitle(arm: string, definition: ArmDefinition): string {
  const name = definition.label ?? arm;
  const { margin } = lastOptimizer(definition).expectation;
  if (!margin) return name;
  const symbol = paperMargin[margin.id]?.symbol;
  return `${name}: own margin ${symbolOf(margin.id)}${symbol ? `, ${symbol}` : ""}`;
}

/** What a figure shows beyond its experiment. */
export interface FigureOptions {
  /** Lines below the title. */
  readonly about?: readonly string[];
  /** What a step is called; else what it sees. */
  readonly stepTitle?: string;
  /** Lines are thick where a panel shows the margin that its arm raises. */
  readonly ownThick?: boolean;
  /** Where the axes of steps begin, if not with the first step. */
  readonly firstStep?: number;
}

interface Axes {
  readonly titles: readonly string[];
  readonly styles: readonly ArmStyle[];
  readonly firstStep: number;
  readonly lastStep: number;
  readonly stepTitle: string;
  /** By the probe of a panel, the titles of the arms whose own margin it is; undefined where all lines are alike. */
  readonly owners: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Colour and dashes tell the same arms apart, so that one legend shows both. */
function armChannels({ titles, styles }: Axes): { readonly color: FigureSpec; readonly strokeDash: FigureSpec } {
  const legend = {
    title: null,
    symbolType: "stroke",
    symbolSize: 1100,
    symbolStrokeWidth: 2.5,
    symbolOpacity: 1,
    symbolFillColor: "transparent",
    labelLimit: 600,
    orient: "bottom",
    columns: 2,
  };
  const channel = (range: unknown[]): FigureSpec => ({ field: "arm", type: "nominal", scale: { domain: titles, range }, legend });
  return { color: channel(styles.map(({ color }) => color)), strokeDash: channel(styles.map(({ dash }) => dash)) };
}

/** The powers of ten in [low, high]. */
function decades(low: number, high: number): number[] {
  const exponents = Array.from({ length: 617 }, (_, i) => i - 308);
  return exponents.map((exponent) => Number(`1e${exponent}`)).filter((value) => value >= low && value <= high);
}

/** Ticks of a logarithmic axis that begins with `from` or with the curves: powers of ten where there are enough of them. */
function logTicks(curves: readonly CurvePoint[], from = 0): { readonly values?: number[] } {
  const low = Math.max(from, Math.min(...curves.map((point) => point.low)));
  const high = Math.max(...curves.map((point) => point.high));
  const values = decades(low / 10, high * 10);
  return values.length >= 4 ? { values } : {};
}

/** Powers of ten, which are too few on an axis that begins late. */
function stepTicks(first: number, last: number): { readonly values?: number[] } {
  const values = decades(first, last);
  return first === 1 || values.length >= 3 ? { values } : {};
}

const shortNumber =
  "abs(datum.value) > 0 && (abs(datum.value) < 0.001 || abs(datum.value) >= 100000) ? format(datum.value, '.0e') : format(datum.value, ',~r')";

function panel(definition: ExperimentDefinition, records: readonly Recording[], which: PanelDefinition, axes: Axes): FigureSpec {
  const { titles, firstStep, lastStep } = axes;
  const arms = Object.keys(definition.arms);
  const curves = arms.flatMap((arm, i) =>
    curve(
      titles[i]!,
      records.filter((record) => record.arm === arm),
      which,
      lastStep,
    ),
  );
  const published = Object.entries(which.published ?? {}).flatMap(([arm, points]) =>
    points.filter(([step]) => step <= lastStep).map(([step, mean]) => ({ arm: titles[arms.indexOf(arm)], step, mean })),
  );
  const x = {
    field: "step",
    type: "quantitative",
    scale: { type: "log", nice: false, domain: [firstStep, Math.max(lastStep, 2 * firstStep)] },
    axis: { title: axes.stepTitle, ...stepTicks(firstStep, lastStep), labelExpr: shortNumber },
  };
  const y = {
    field: "mean",
    type: "quantitative",
    scale: {
      type: which.scale,
      ...(which.scale === "log" ? {} : { zero: false }),
      ...(which.from === undefined ? {} : { domainMin: which.from }),
    },
    axis: {
      title: panelTitle(which.probe, definition),
      tickCount: 6,
      labelExpr: shortNumber,
      ...(which.scale === "log" ? logTicks(curves, which.from) : {}),
    },
  };
  const channels = armChannels(axes);
  // the size of a line is its width
  const thick = { condition: { test: { field: "arm", oneOf: axes.owners?.get(which.probe) ?? [] }, value: 3.5 }, value: 1.6 };
  const line = { x, y, ...channels, ...(axes.owners && { size: thick }) };
  return {
    width: 400,
    height: 260,
    layer: [
      {
        data: { values: curves },
        mark: { type: "area", opacity: 0.13, line: false, clip: true },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color: channels.color },
      },
      { data: { values: curves }, mark: { type: "line", strokeWidth: 2, clip: true }, encoding: line },
      {
        data: { values: published },
        mark: { type: "point", filled: false, size: 42, strokeWidth: 1.6, opacity: 0.9 },
        encoding: { x, y, color: channels.color },
      },
    ],
  };
}

/**
 * The figure of an experiment: one panel per entry of `definition.figure`, mean over seeds with the range as a band, published values as open circles.
 */
export function figure(definition: ExperimentDefinition, records: readonly Recording[], options: FigureOptions = {}): FigureSpec {
  const seeds = definition.seeds.length;
  const hasPublished = definition.figure.some(({ published }) => published !== undefined);
  const titles = Object.entries(definition.arms).map(([arm, choice]) => armTitle(arm, choice));
  const notes = [
    ...(options.ownThick ? ["thick: the margin that the arm raises"] : []),
    seeds === 1 ? "one seed" : `line: mean of ${seeds} seeds, band: their range`,
    ...(hasPublished ? ["open circles: read off the published figure"] : []),
  ];
  const axes: Axes = {
    titles,
    styles: armStyles(Object.values(definition.arms).map(({ look }) => look)),
    stepTitle: options.stepTitle ?? stepTitle(Object.values(definition.arms)),
    owners: options.ownThick ? ownersOf(Object.values(definition.arms), titles) : undefined,
    firstStep: Math.max(1, options.firstStep ?? 1),
    lastStep: Math.max(1, ...records.map(({ rows }) => rows.at(-1)?.step ?? 0)),
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: `${definition.id}: ${definition.question}`,
      subtitle: options.about ? [...options.about, notes.join("; ")] : notes.join("; "),
      anchor: "start",
      fontSize: 15,
      subtitleFontSize: 12,
      offset: 14,
    },
    background: "white",
    padding: 12,
    config: {
      font: "DejaVu Sans",
      axis: { labelFontSize: 11, titleFontSize: 12, gridColor: "#e4e4e4", titleFontWeight: "normal", labelOverlap: true },
      legend: { labelFontSize: 12, columnPadding: 24, rowPadding: 4 },
      view: { stroke: "#999" },
    },
    columns: 2,
    concat: definition.figure.map((which) => panel(definition, records, which, axes)),
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  };
}

function ownersOf(arms: readonly ArmDefinition[], titles: readonly string[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  arms.forEach((arm, i) => {
    const { margin } = lastOptimizer(arm).expectation;
    if (margin) owners.set(`margin.${margin.id}`, [...(owners.get(`margin.${margin.id}`) ?? []), titles[i]!]);
  });
  return owners;
}

/** What a step sees, which arms may differ in. */
function stepTitle(arms: readonly ArmDefinition[]): string {
  const batched = arms.filter(({ batch }) => batch).length;
  if (batched === 0) return "epoch (full-batch step)";
  return batched === arms.length ? "step (one mini-batch)" : "step (all samples or one mini-batch)";
}
