import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { useWidthInView } from "./inView.js";
import { aligned, type ChartProps, type Line, optionsOf } from "./plotOptions.js";
import { themeVersion } from "./theme.js";
import { What } from "./What.js";

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

/** The last value of a line at or before a place. */
function valueAt({ points }: Line, x: number): number | undefined {
  return points.findLast(([place]) => place <= x)?.[1];
}

/** What the lines are at a place, as text. */
function readout({ lines, xText, yText }: ChartProps, x: number): string {
  const values = lines.flatMap((line) => {
    const value = line.marksOnly ? undefined : valueAt(line, x);
    return value === undefined ? [] : [`${line.label} ${yText(value)}`];
  });
  return `${xText(x)}: ${values.join(", ")}`;
}

/** A live chart with a logarithmic x axis. */
export function Chart(props: ChartProps): VNode {
  const host = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef(props);
  current.current = props;
  const structure = `${structureOf(props)}${themeVersion.value}`;
  const empty = props.lines.every(({ points }) => points.length === 0);
  const zoom = props.zoom?.value;
  const width = useWidthInView(host);
  const drawn = useRef(props.lines);
  const zoomed = useRef(zoom);

  useEffect(() => {
    if (width === undefined) return;
    const show = (at: number | undefined): void => {
      const x = at === undefined ? undefined : plot.current?.data[0][at];
      if (said.current) said.current.textContent = x === undefined ? "" : readout(current.current, x);
    };
    const options = optionsOf(props, Math.max(width, 120), () => current.current, show);
    const build = new uPlot(options, aligned(props.lines) as uPlot.AlignedData, host.current!);
    plot.current = build;
    drawn.current = props.lines;
    return () => {
      build.destroy();
      plot.current = undefined;
    };
  }, [structure, width]);

  useEffect(() => {
    if (!plot.current || (drawn.current === props.lines && zoomed.current === zoom)) return;
    plot.current.setData(aligned(props.lines) as uPlot.AlignedData);
    [drawn.current, zoomed.current] = [props.lines, zoom];
  }, [props.lines, zoom]);

  useEffect(() => plot.current?.redraw(false, false), [props.at]);

  return (
    <figure class="chart">
      <figcaption>
        <What id={props.what}>{props.title}</What>
        {props.note && <span class="chart-note">{props.note}</span>}
      </figcaption>
      <div class="plot" ref={host} role="img" aria-label={summary(props)} />
      {empty && <p class="plot-empty">{props.emptyText ?? "appears with the first steps"}</p>}
      <div class="x-label">
        <p>{props.xLabel}</p>
        <p class="readout" ref={said} />
      </div>
    </figure>
  );
}
