import type { ArmDefinition, ExperimentDefinition, PanelDefinition } from "../definition/definition.js";
import { logMeanRisk } from "../probe/logMeanRisk.js";
import { paperMargin, paperSymbol } from "../probe/paperNotation.js";
import { probeOf, symbolOf } from "../probe/probe.js";
import type { Recording } from "../record.js";
import { lastOptimizer } from "../verdict/expectation.js";
import { numberText } from "../verdict/numberText.js";
import { curve } from "./curve.js";
import { cutBefore, cutBelow } from "./cut.js";
import { type ArmStyle, armStyles } from "./style.js";
import { logTicks } from "./ticks.js";
import { tickTexts } from "./tickText.js";
import { axisTicks, valueAxis } from "./valueAxis.js";
import { textOf, wrapped } from "./wrapped.js";

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

/** "sign descent: own margin ℓ∞, γ₁": our name of the margin that theory says the arm raises, and the paper's symbol. */
function armTitle(name: string, definition: ArmDefinition): string {
  const { margin } = lastOptimizer(definition).expectation;
  if (!margin) return name;
  const symbol = paperMargin(margin.id)?.symbol;
  return `${name}: own margin ${symbolOf(margin.id)}${symbol ? `, ${symbol}` : ""}`;
}

/** One title for each arm; where labels are alike they say the arm as well. */
function armTitles(arms: ExperimentDefinition["arms"]): string[] {
  const labels = Object.entries(arms).map(([arm, { label = arm }]) => label);
  return Object.entries(arms).map(([arm, definition], i) => {
    const isAlone = labels.filter((label) => label === labels[i]).length === 1;
    return armTitle(isAlone ? labels[i]! : `${labels[i]} (${arm})`, definition);
  });
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

const panelWidth = 400;
const mostColumns = 2;

interface Axes {
  readonly titles: readonly string[];
  readonly styles: readonly ArmStyle[];
  /** Panels, and entries of the legend, side by side. */
  readonly columns: number;
  readonly firstStep: number;
  readonly lastStep: number;
  /** Where the axes of steps end: an axis needs some width. */
  readonly lastShown: number;
  readonly stepTitle: string;
  /** By the probe of a panel, the titles of the arms whose own margin it is; undefined where all lines are alike. */
  readonly owners: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Colour and dashes tell the same arms apart, so that one legend shows both. */
function armChannels({ titles, styles, columns }: Axes): { readonly color: FigureSpec; readonly strokeDash: FigureSpec } {
  const legend = {
    title: null,
    symbolType: "stroke",
    symbolSize: 1100,
    symbolStrokeWidth: 2.5,
    symbolOpacity: 1,
    symbolFillColor: "transparent",
    labelLimit: panelWidth - 30, // beside the symbol
    orient: "bottom",
    columns,
  };
  const channel = (range: unknown[]): FigureSpec => ({ field: "arm", type: "nominal", scale: { domain: titles, range }, legend });
  return {
    color: channel(styles.map(({ color }) => color)),
    strokeDash: channel(styles.map(({ dash }) => (dash.length > 0 ? dash : null))),
  };
}

/** How many characters of 12 px fit beside an axis as tall as a panel. */
const axisTitleWidth = 38;

/** Marks of the panel: what was published, where the panel shows it. */
function publishedPoints({ published = {}, scale }: PanelDefinition, arms: readonly string[], { titles, firstStep, lastStep }: Axes) {
  return Object.entries(published).flatMap(([arm, points]) =>
    points
      .filter(([step, value]) => step >= firstStep && step <= lastStep && (scale !== "log" || value > 0))
      .map(([step, mean]) => ({ arm: titles[arms.indexOf(arm)], step, mean })),
  );
}

function panel(definition: ExperimentDefinition, records: readonly Recording[], which: PanelDefinition, axes: Axes): FigureSpec {
  const { titles, firstStep, lastStep, lastShown } = axes;
  const arms = Object.keys(definition.arms);
  const runsOf = (arm: string): Recording[] => records.filter((record) => record.arm === arm);
  const whole = arms.flatMap((arm, i) => curve(titles[i]!, runsOf(arm), which, lastStep));
  const curves = cutBefore(whole, which.scale, firstStep);
  const marks = publishedPoints(which, arms, axes);
  const axis = valueAxis(which, [...curves.flatMap(({ low, high }) => [low, high]), ...marks.map(({ mean }) => mean)]);
  const { lines, bands } = cutBelow(curves, which.scale, axis.low);
  const steps = logTicks(firstStep, lastShown);
  const x = {
    field: "step",
    type: "quantitative",
    scale: { type: "log", nice: false, domain: [firstStep, lastShown] },
    axis: { title: axes.stepTitle, ...axisTicks({ values: steps, texts: tickTexts(steps) }) },
  };
  const y = {
    field: "mean",
    type: "quantitative",
    scale: {
      type: which.scale,
      nice: false,
      ...(which.scale === "log" ? {} : { zero: false }), // which a logarithmic axis never has
      domainMin: axis.low,
      domainMax: axis.high,
    },
    axis: { title: textOf(wrapped(panelTitle(which.probe, definition), axisTitleWidth, 3)), ...axisTicks(axis) },
  };
  const channels = armChannels(axes);
  // the size of a line is its width
  const thick = { condition: { test: { field: "arm", oneOf: axes.owners?.get(which.probe) ?? [] }, value: 3.5 }, value: 1.6 };
  const detail = { field: "part", type: "nominal" };
  const line = { x, y, ...channels, detail, ...(axes.owners && { size: thick }) };
  return {
    width: panelWidth,
    height: 260,
    layer: [
      {
        data: { values: bands },
        mark: { type: "area", opacity: 0.13, line: false, clip: true },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, detail, color: channels.color },
      },
      { data: { values: lines }, mark: { type: "line", strokeWidth: 2, clip: true }, encoding: line },
      {
        data: { values: marks.filter(({ mean }) => mean >= axis.low) },
        mark: { type: "point", filled: false, size: 42, strokeWidth: 1.6, opacity: 0.9 },
        encoding: { x, y, color: channels.color },
      },
    ],
  };
}

/** Title and the lines below it, no wider than the panels; characters of 15 px bold and of 12 px. */
function titleOf(title: string, below: readonly string[], columns: number): FigureSpec {
  const [titleWidth, belowWidth] = [50 * columns, 66 * columns];
  return {
    text: textOf(wrapped(title, titleWidth, 4)),
    subtitle: textOf(below.flatMap((line) => wrapped(line, belowWidth, 3))),
    anchor: "start",
    fontSize: 15,
    subtitleFontSize: 12,
    offset: 14,
  };
}

/**
 * The figure of an experiment: one panel per entry of `definition.figure`, mean over seeds with the range as a band, published values as open circles.
 */
export function figure(definition: ExperimentDefinition, records: readonly Recording[], options: FigureOptions = {}): FigureSpec {
  const seeds = definition.seeds.length;
  const hasPublished = definition.figure.some(({ published }) => published !== undefined);
  const titles = armTitles(definition.arms);
  const notes = [
    ...(options.ownThick ? ["thick: the margin that the arm raises"] : []),
    seeds === 1 ? "one seed" : `line: mean of ${seeds} seeds, band: their range`,
    ...(hasPublished ? ["open circles: read off the published figure"] : []),
  ];
  const columns = Math.min(mostColumns, Math.max(1, definition.figure.length));
  const firstStep = Math.max(1, options.firstStep ?? 1);
  const lastStep = Math.max(1, ...records.map(({ rows }) => rows.at(-1)?.step ?? 0));
  const axes: Axes = {
    titles,
    styles: armStyles(Object.values(definition.arms).map(({ look }) => look)),
    stepTitle: options.stepTitle ?? stepTitle(Object.values(definition.arms)),
    owners: options.ownThick ? ownersOf(Object.values(definition.arms), titles) : undefined,
    columns,
    firstStep,
    lastStep,
    lastShown: Math.max(lastStep, 2 * firstStep),
  };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: titleOf(`${definition.id}: ${definition.question}`, [...(options.about ?? []), notes.join("; ")], columns),
    background: "white",
    padding: 12,
    config: {
      font: "DejaVu Sans",
      axis: { labelFontSize: 11, titleFontSize: 12, gridColor: "#e4e4e4", titleFontWeight: "normal", labelOverlap: true },
      legend: { labelFontSize: 12, columnPadding: 24, rowPadding: -16 }, // a symbol is as high as it is long
      view: { stroke: "#999" },
    },
    columns,
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
