import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { ExplanationId } from "../explain/explanations.js";
import { themeVersion, token } from "./theme.js";
import { What } from "./What.js";

export interface Line {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly points: readonly (readonly [number, number])[];
  /** Open circles instead of a line. */
  readonly marksOnly?: boolean;
}

export interface Marker {
  readonly x: number;
  readonly color: string;
  readonly label: string;
  readonly dash: readonly number[];
}

export interface ChartProps {
  readonly title: string;
  readonly what: ExplanationId;
  readonly note?: string | undefined;
  readonly lines: readonly Line[];
  readonly markers?: readonly Marker[];
  readonly xLabel: string;
  readonly xText: (value: number) => string;
  readonly yText: (value: number) => string;
  readonly logY: boolean;
  readonly yRange?: readonly [number, number];
  /** A vertical line at what is looked at. */
  readonly at?: number | undefined;
}

const height = 190;

/** All lines over one increasing x; null where a line has no value. */
export function aligned(lines: readonly Line[]): [number[], ...(number | null)[][]] {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const ys = lines.map(({ points }) => {
    const byX = new Map(points);
    return xs.map((x) => byX.get(x) ?? null);
  });
  return [xs, ...ys];
}

function drawMarkers(plot: uPlot, { markers = [], at }: ChartProps): void {
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
  if (at !== undefined) vertical(at, token("--ink"), [], 1.5);
  ctx.restore();
}

function optionsOf(props: ChartProps, width: number, current: () => ChartProps): uPlot.Options {
  const [ink, grid] = [token("--ink-soft"), token("--line")];
  const axis = {
    stroke: ink,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 4 },
    font: "11px system-ui, sans-serif",
  };
  const texts = (text: (value: number) => string) => (_: uPlot, values: number[]) => values.map((v) => (v === null ? "" : text(v)));
  return {
    width,
    height,
    legend: { show: false },
    cursor: { sync: { key: "steps" }, points: { show: false }, drag: { x: true, y: false, uni: 20 } },
    scales: {
      x: { time: false, distr: 3 },
      y: { distr: props.logY ? 3 : 1, ...(props.yRange && { range: [...props.yRange] as [number, number] }) },
    },
    axes: [
      { ...axis, size: 30, space: 60, values: texts(props.xText) },
      { ...axis, size: 58, space: 34, values: texts(props.yText) },
    ],
    series: [
      {},
      ...props.lines.map(
        ({ label, color, dash, width: lineWidth, marksOnly }): uPlot.Series => ({
          label,
          stroke: color,
          width: lineWidth,
          dash: [...dash],
          spanGaps: true,
          ...(marksOnly
            ? { paths: () => null, points: { show: true, size: 8, stroke: color, fill: token("--paper"), width: 1.5 } }
            : { points: { show: false } }),
        }),
      ),
    ],
    hooks: { draw: [(plot) => drawMarkers(plot, current())] },
  };
}

/** What decides that a plot must be built anew instead of getting new data. */
const structureOf = ({ lines, logY, xLabel, yRange }: ChartProps): string =>
  JSON.stringify([lines.map(({ label, color, dash, width }) => [label, color, dash, width]), logY, xLabel, yRange]);

function summary({ title, lines, yText, xText }: ChartProps): string {
  const parts = lines.flatMap(({ label, points, marksOnly }) => {
    const last = points.at(-1);
    return last && !marksOnly ? [`${label}: ${yText(last[1])} at ${xText(last[0])}`] : [];
  });
  return `${title}. ${parts.join("; ") || "nothing recorded yet"}`;
}

/** A live chart with a logarithmic x axis. Dragging zooms; a double click, or the button, shows everything again. */
export function Chart(props: ChartProps): VNode {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef(props);
  current.current = props;
  const structure = `${structureOf(props)}${themeVersion.value}`;
  const empty = props.lines.every(({ points }) => points.length === 0);

  useEffect(() => {
    const element = host.current!;
    const build = new uPlot(
      optionsOf(props, Math.max(element.clientWidth, 120), () => current.current),
      aligned(props.lines) as uPlot.AlignedData,
      element,
    );
    plot.current = build;
    const resized = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientWidth !== build.width) build.setSize({ width: element.clientWidth, height });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      build.destroy();
      plot.current = undefined;
    };
  }, [structure]);

  useEffect(() => {
    plot.current?.setData(aligned(props.lines) as uPlot.AlignedData);
  }, [props.lines]);

  useEffect(() => plot.current?.redraw(false, false), [props.at]);

  return (
    <figure class="chart">
      <figcaption>
        <What id={props.what}>{props.title}</What>
        {props.note && <span class="chart-note">{props.note}</span>}
        <button
          type="button"
          class="quiet"
          onClick={() => plot.current?.setData(aligned(props.lines) as uPlot.AlignedData, true)}
          aria-label={`show all of: ${props.title}`}
          title="show everything again after zooming"
        >
          reset zoom
        </button>
      </figcaption>
      <div class="plot" ref={host} role="img" aria-label={summary(props)} />
      {empty && <p class="plot-empty">appears with the first steps</p>}
      <p class="x-label">{props.xLabel}</p>
    </figure>
  );
}
