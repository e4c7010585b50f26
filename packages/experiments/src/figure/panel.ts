import type { ExperimentDefinition } from "../definition/definition.js";
import type { PanelDefinition } from "../definition/panel.js";
import type { Row } from "../record/row.js";
import type { Recording } from "../record/runRecord.js";
import { type CurvePoint, curve } from "./curve.js";
import { cutBefore, cutBelow, type DrawnCurves, withDots } from "./cut.js";
import { emptyPanel } from "./emptyPanel.js";
import type { FigureSpec } from "./figureSpec.js";
import type { ArmChannels } from "./legend.js";
import { overRisk } from "./overRisk.js";
import { panelHeight, panelWidth } from "./panelSize.js";
import { panelTitle } from "./panelTitle.js";
import { type StepRange, stepChannel } from "./stepAxis.js";
import { axisTicks, type ValueAxis, valueAxis } from "./valueAxis.js";
import { textOf, wrapped } from "./wrapped.js";

type PublishedPoint = Pick<CurvePoint, "arm" | "step" | "mean">;

/** The content of a panel, before its axis of steps is chosen. */
export interface PanelContent extends DrawnCurves {
  readonly which: PanelDefinition;
  readonly axis: ValueAxis;
  readonly marks: readonly PublishedPoint[];
  /** The first step, or depth, at which something is drawn. */
  readonly drawnFrom: number | undefined;
}

/** Marks of the published values that the panel can show. */
function publishedPoints({ published = {}, scale }: PanelDefinition, titles: ReadonlyMap<string, string>, { first, last }: StepRange) {
  return Object.entries(published).flatMap(([arm, points]) =>
    points
      .filter(([step, value]) => step >= first && step <= last && (scale !== "log" || value > 0))
      .map(([step, mean]) => ({ arm: titles.get(arm)!, step, mean })),
  );
}

/** Runs with the values that a panel draws: those of its probe, or their distances. */
export function drawnValues(runs: readonly Recording[], { probe, distanceTo }: PanelDefinition): readonly Recording[] {
  if (distanceTo === undefined) return runs;
  const drawn = (row: Row): Row => ({ ...row, [probe]: Math.abs((row[probe] ?? Number.NaN) - distanceTo) });
  return runs.map((run) => ({ ...run, rows: run.rows.map(drawn) }));
}

/** The curves of a panel, cut where it ends. */
export function panelContent(
  which: PanelDefinition,
  records: readonly Recording[],
  titles: ReadonlyMap<string, string>,
  recorded: StepRange,
): PanelContent {
  const runsOf = (arm: string): readonly Recording[] => {
    const runs = records.filter((record) => record.arm === arm);
    return drawnValues(which.over === "depth" ? overRisk(runs, which.probe) : runs, which);
  };
  const whole = [...titles].flatMap(([arm, title]) => curve(title, runsOf(arm), which, recorded.last));
  const curves = cutBefore(whole, which.scale, recorded.first);
  const published = publishedPoints(which, titles, recorded);
  const values = [...curves.flatMap(({ low, high }) => [low, high]), ...published.map(({ mean }) => mean)];
  const axis = valueAxis(which, values, panelHeight);
  const { lines, bands } = cutBelow(curves, which.scale, axis.low);
  const marks = published.filter(({ mean }) => mean >= axis.low);
  const drawnFrom = [...lines, ...bands, ...marks].reduce<number | undefined>(
    (least, { step }) => Math.min(least ?? step, step),
    undefined,
  );
  return { which, axis, lines, bands, marks, drawnFrom };
}

/** Number of characters of 12 px that fit beside an axis as tall as a panel. */
const axisTitleWidth = 38;
const depthTitle = "−log R, R the sum over samples";
/** Half of the length of a lone point. */
const dotPixels = 2.5;

/** Looks that the panels of a figure share. */
export interface PanelLooks {
  readonly channels: ArmChannels;
  readonly stepTitle: string;
  /** Titles of the arms whose own margin a panel shows, by the probe of the panel; undefined if all lines are alike. */
  readonly owners: ReadonlyMap<string, readonly string[]> | undefined;
  /** Reasons why nothing is drawn in the panel. */
  readonly empty: readonly string[];
}

/** The panel of a content. Nothing is clipped: the curves end with the panel, and a line along its edge is as thick as any other. */
export function panel(content: PanelContent, steps: StepRange, definition: ExperimentDefinition, looks: PanelLooks): FigureSpec {
  const { which, axis, lines, bands, marks } = content;
  const { channels, owners } = looks;
  const x = stepChannel(steps, which.over === "depth" ? depthTitle : looks.stepTitle);
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
    axis: { title: textOf(wrapped(panelTitle(which, definition), axisTitleWidth, 3)), ...axisTicks(axis) },
  };
  // the size of a line is its width
  const thick = { condition: { test: { field: "arm", oneOf: owners?.get(which.probe) ?? [] }, value: 3.5 }, value: 1.6 };
  const detail = { field: "part", type: "nominal" };
  const dots = { firstStep: steps.first, lastStep: steps.last, half: dotPixels / panelWidth };
  return {
    width: panelWidth,
    height: panelHeight,
    layer: [
      {
        data: { values: bands },
        mark: { type: "area", opacity: 0.13, line: false },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, detail, color: channels.color },
      },
      {
        data: { values: withDots(lines, dots) },
        mark: { type: "line", strokeWidth: 2, strokeJoin: "round" },
        encoding: { x, y, ...channels, detail, ...(owners && { size: thick }) },
      },
      {
        data: { values: marks },
        mark: { type: "point", filled: false, size: 42, strokeWidth: 1.6, opacity: 0.9 },
        encoding: { x, y, color: channels.color },
      },
      ...emptyPanel(looks.empty),
    ],
  };
}
