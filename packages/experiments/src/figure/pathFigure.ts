import type { ExperimentDefinition } from "../definition/definition.js";
import type { PanelDefinition } from "../definition/panel.js";
import type { Recording } from "../record/runRecord.js";
import { emptyPanel } from "./emptyPanel.js";
import type { FigureSpec } from "./figureSpec.js";
import { columnsOf, layout } from "./layout.js";
import { type ArmChannels, armChannels } from "./legend.js";
import { panelHeight, panelWidth } from "./panelSize.js";
import { panelTitle } from "./panelTitle.js";
import { horizontalExtent } from "./stepAxis.js";
import { armStyles } from "./style.js";
import { labelsOf } from "./ticks.js";
import { axisTicks, type ValueAxis, valueAxis } from "./valueAxis.js";
import { textOf, wrapped } from "./wrapped.js";

type Scale = PanelDefinition["scale"];

/** The probe below, and its axis. */
interface Across {
  readonly x: string;
  readonly scale: Scale;
}

/** A point of the path of a run. */
interface PathPoint {
  readonly arm: string;
  readonly seed: number;
  /** Points of one part are joined. */
  readonly part: string;
  readonly step: number;
  readonly x: number;
  readonly y: number;
}

const titleWidth = 38;

/**
 * Probes over another probe: the path of every run, in the order of its steps.
 *
 * @param definition  arms and panels, of probes that all runs have recorded
 * @param runs        complete or not
 * @param across      the probe below, and its axis
 * @returns a vega-lite specification, and its points
 */
export function pathFigure(definition: ExperimentDefinition, runs: readonly Recording[], across: Across) {
  const arms = Object.keys(definition.arms);
  const columns = columnsOf(definition.figure.length);
  const channels = armChannels({ titles: arms, styles: armStyles(arms.map(() => undefined)) }, columns);
  const paths = definition.figure.map((which) => ({ which, points: runs.flatMap((run, i) => pathOf(run, which, across, i)) }));
  const spec = layout({
    title: definition.id,
    below: [`the path of every run, in the order of its steps${definition.seeds.length > 1 ? `; ${definition.seeds.length} seeds` : ""}`],
    columns,
    panels: paths.map(({ which, points }) => pathPanel(which, points, across, definition, channels)),
  });
  const rows = paths.flatMap(({ which: { probe }, points }) => points.map(({ arm, seed, step, x, y }) => [probe, arm, seed, step, x, y]));
  return { spec, columns: ["probe", "arm", "seed", "step", across.x, "value"], rows };
}

/** The points of a run that both axes can show; where one cannot be shown the path is interrupted. */
function pathOf({ arm, seed, rows }: Recording, { probe, scale }: PanelDefinition, across: Across, run: number): PathPoint[] {
  let part = 0;
  const isShown = (value: number, axis: Scale): boolean => Number.isFinite(value) && (axis !== "log" || value > 0);
  return rows.flatMap((row) => {
    const [x, y] = [row[across.x] ?? Number.NaN, row[probe] ?? Number.NaN];
    if (isShown(x, across.scale) && isShown(y, scale)) return [{ arm, seed, part: `${run}.${part}`, step: row.step, x, y }];
    part++;
    return [];
  });
}

function pathPanel(
  which: PanelDefinition,
  points: readonly PathPoint[],
  { x, scale }: Across,
  definition: ExperimentDefinition,
  channels: ArmChannels,
): FigureSpec {
  const up = valueAxis(
    which,
    points.map((point) => point.y),
    panelHeight,
  );
  const below = { probe: x, scale };
  const ends = valueAxis(
    below,
    points.map((point) => point.x),
    panelWidth,
  );
  const across: ValueAxis = {
    ...ends,
    ...labelsOf({ scale, low: ends.low, high: ends.high, length: panelWidth, extentOf: horizontalExtent }),
  };
  const isLog = [scale, which.scale].includes("log");
  const why = `nothing to draw: no row has finite values of both${isLog ? ", above 0 on a logarithmic axis" : ""}`;
  const paths = {
    data: { values: points },
    mark: { type: "line", strokeWidth: 2, strokeJoin: "round", point: points.length <= 60 ? { size: 14 } : false },
    encoding: {
      x: channel("x", below.scale, across, textOf(wrapped(panelTitle(below, definition), 2 * titleWidth, 2))),
      y: channel("y", which.scale, up, textOf(wrapped(panelTitle(which, definition), titleWidth, 3))),
      order: { field: "step", type: "quantitative" },
      detail: { field: "part", type: "nominal" },
      ...channels,
    },
  };
  const size = { width: panelWidth, height: panelHeight };
  return points.length > 0 ? { ...size, ...paths } : { ...size, layer: [paths, ...emptyPanel([why])] };
}

function channel(field: string, type: Scale, axis: ValueAxis, title: unknown): FigureSpec {
  const ends = { domainMin: axis.low, domainMax: axis.high };
  return {
    field,
    type: "quantitative",
    scale: { type, nice: false, ...(type === "log" ? {} : { zero: false }), ...ends },
    axis: { title, labelFlush: false, ...axisTicks(axis) },
  };
}
