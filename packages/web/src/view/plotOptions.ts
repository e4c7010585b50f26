import type { Signal } from "@preact/signals";
import uPlot from "uplot";
import type { ExplanationId } from "../explain/explanations.js";
import { type TickText, tickTexts } from "./numberText.js";
import { token } from "./theme.js";
import { logSplits, rightRoom, sideRoom, tickFont, tickTextSize } from "./tickRoom.js";

export interface Line {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
  /** Every value of the line, also those that the axis cannot show, where the line has a gap. */
  readonly points: readonly (readonly [number, number])[];
  /** Least value with a place on the axis; default none, and on a logarithmic axis any positive one. */
  readonly least?: number | undefined;
  /** Open circles instead of a line. */
  readonly marksOnly?: boolean;
}

export interface Marker {
  readonly x: number;
  readonly color: string;
  readonly label: string;
  readonly dash: readonly number[];
}

/** The x axis of a chart. */
export interface XAxis {
  readonly label: string;
  /** A place as a tick, short. */
  readonly tick: TickText;
  /** A place as it is read out, exact. */
  readonly read: (value: number) => string;
}

/** A vertical line at the place that is looked at. */
export interface LookedAt {
  readonly x: number;
  readonly color: string;
  /** The only line that is looked at there; absent: all are. */
  readonly line?: number;
}

export interface ChartProps {
  readonly title: string;
  readonly what: ExplanationId;
  readonly note?: string | undefined;
  /** Text if no line has a point. */
  readonly emptyText?: string | undefined;
  readonly lines: readonly Line[];
  readonly markers?: readonly Marker[];
  readonly x: XAxis;
  /** A value as a tick. */
  readonly yText: TickText;
  /** Text of a value that is read out; default the text of its tick. */
  readonly yRead?: ((value: number) => string) | undefined;
  readonly logY: boolean;
  readonly yRange?: readonly [number, number];
  /** Lower end of a logarithmic y axis while all of the x axis is shown: lower values would squeeze the others. */
  readonly yFrom?: number | undefined;
  /** The part of the x axis that is shown if no part is chosen; undefined: all of the data. */
  readonly xSpan?: readonly [number, number] | undefined;
  /** The part of the x axis that was chosen; undefined: none. Dragging over the plot chooses it, for every chart that shares the signal. */
  readonly zoom?: Signal<readonly [number, number] | undefined>;
  /** Places at which the lines are looked at; a line without one is looked at nowhere; absent: the current step. */
  readonly at?: readonly LookedAt[] | undefined;
  /** Text in the place of the axis' label if every line is looked at in a place of its own. */
  readonly atText?: string | undefined;
}

/** Height of a plot: half its width, within limits that fit a phone and fill a wall. */
const plotHeight = (width: number): number => Math.round(Math.min(Math.max(width / 2, 170), 520));

function drawMarkers(plot: uPlot, { markers = [], at = [] }: ChartProps): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const vertical = (x: number, color: string, dash: readonly number[], width: number): void => {
    const place = Math.round(plot.valToPos(x, "x", true)) + 0.5;
    ctx.beginPath();
    ctx.strokeStyle = color;
    ctx.lineWidth = width * devicePixelRatio;
    ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
    ctx.moveTo(place, bbox.top);
    ctx.lineTo(place, bbox.top + bbox.height);
    ctx.stroke();
  };
  for (const { x, color, dash } of markers) vertical(x, color, dash, 1);
  for (const { x, color } of at) vertical(x, color, [], 1.5);
  ctx.restore();
}

type Texts = (plot: uPlot, values: (number | null)[]) => string[];

/** Texts of ticks; none if nothing is drawn, since the range of an empty axis is arbitrary. */
const texts =
  (text: TickText): Texts =>
  (plot, values) => {
    if (plot.data[0].length === 0) return values.map(() => "");
    const shown = tickTexts(
      values.filter((value) => value !== null),
      text,
    );
    return values.map((value) => (value === null ? "" : shown.shift()!));
  };

function seriesOf({ label, color, dash, width, marksOnly }: Line): uPlot.Series {
  const points = { show: false, size: 8, width: 1.5 };
  if (!marksOnly) return { label, stroke: color, width, dash: [...dash], points };
  return { label, stroke: color, width, spanGaps: true, paths: uPlot.paths.points!(), points, fill: token("--paper") };
}

/** The range that was chosen, else the chart's span, else all of the data; a decade if there are none, so that the axis stands. */
function xRange(current: () => ChartProps): uPlot.Range.Function {
  const hasMarks = current().lines.some(({ marksOnly }) => marksOnly); // they need room around them
  return (_, low, high) => {
    const { zoom, xSpan } = current();
    if (zoom?.value) return [...zoom.value];
    if (xSpan && xSpan[0] < xSpan[1]) return [...xSpan];
    return low === null || high === null ? [1, 10] : uPlot.rangeLog(low, high, 10, hasMarks);
  };
}

/** The range of the shown data, from `yFrom` on; none if there are none. */
function logYRange(current: () => ChartProps): uPlot.Range.Function {
  return (_, low, high) => {
    if (low === null || high === null) return [null, null];
    const { yFrom, zoom } = current();
    const from = yFrom === undefined || yFrom >= high || zoom?.value ? low : Math.max(low, yFrom);
    return uPlot.rangeLog(from, high, 10, false);
  };
}

/** Options of a plot. @param onCursor  called with the place of the pointer; undefined if it is nowhere */
export function optionsOf(
  props: ChartProps,
  width: number,
  current: () => ChartProps,
  onCursor: (at: number | undefined) => void,
): uPlot.Options {
  const [ink, grid] = [token("--ink-soft"), token("--grid")];
  const axis = {
    stroke: ink,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 4 },
    font: tickFont(),
  };
  const logarithmic = (which: "x" | "y", text: TickText): Partial<uPlot.Axis> => ({
    splits: logSplits(which, text),
    incrs: (_plot, _axis, low, high) => [Math.max(high - low, 5)], // one that always fits: the splits do not ask for it
    filter: (_plot, splits) => splits,
  });
  return {
    width,
    height: plotHeight(width),
    legend: { show: false },
    padding: [8, rightRoom(props.x.tick), 0, 0],
    cursor: {
      sync: { key: props.x.label },
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          if (props.zoom) props.zoom.value = undefined;
          return null;
        },
      },
    },
    scales: {
      x: { time: false, distr: 3, range: xRange(current) },
      y: props.logY ? { distr: 3, range: logYRange(current) } : { ...(props.yRange && { range: [...props.yRange] as [number, number] }) },
    },
    axes: [
      { ...axis, size: 8 + 2 * tickTextSize(), values: texts(props.x.tick), ...logarithmic("x", props.x.tick) },
      { ...axis, size: sideRoom, space: 34, values: texts(props.yText), ...(props.logY && logarithmic("y", props.yText)) },
    ],
    series: [{}, ...props.lines.map(seriesOf)],
    hooks: {
      draw: [(plot) => drawMarkers(plot, current())],
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width: dragged } = plot.select;
          if (dragged < 4 || !props.zoom) return;
          props.zoom.value = [plot.posToVal(left, "x"), plot.posToVal(left + dragged, "x")];
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}
