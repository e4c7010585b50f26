import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { aligned, hasPlace } from "./alignedLines.js";
import { useWidthInView } from "./inView.js";
import { type ChartProps, type Line, optionsOf } from "./plotOptions.js";
import { LineSwatch } from "./Swatch.js";
import { themeVersion } from "./theme.js";
import { Unbroken } from "./Unbroken.js";
import { What } from "./What.js";

/** Key of the parts of a plot that cannot change without building it anew. */
const structureOf = ({ lines, logY, x, yRange }: ChartProps): string =>
  JSON.stringify([lines.map(({ label, color, dash, width }) => [label, color, dash, width]), logY, x.label, yRange]);

function summary({ title, lines, x, yText, yRead = yText }: ChartProps): string {
  const parts = lines.flatMap(({ label, points, marksOnly }) => {
    const last = points.at(-1);
    return last && !marksOnly ? [`${label}: ${yRead(last[1])} at ${x.read(last[0])}`] : [];
  });
  return `${title}. ${parts.join("; ") || "nothing recorded yet"}`;
}

/** The last value of a line at or before a place. */
function valueAt({ points }: Line, x: number): number | undefined {
  return points.findLast(([place]) => place <= x)?.[1];
}

/**
 * Place at which a line is read out: the pointer's, else the one that is looked at, else the end of the shown part; undefined if the line is looked at nowhere.
 */
function placeOf({ at, zoom }: ChartProps, line: number, pointed: number | undefined): number | undefined {
  if (pointed !== undefined) return pointed;
  if (!at) return zoom?.value?.[1] ?? Infinity;
  return at.find((one) => (one.line ?? line) === line)?.x;
}

/** Values of all lines at their place: always shown, so that nothing moves when the pointer does. */
function Readout({ chart, pointed }: { readonly chart: ChartProps; readonly pointed: number | undefined }): VNode {
  const { lines, yText, yRead = yText } = chart;
  return (
    <ul class="readout" aria-hidden="true">
      {lines
        .filter(({ marksOnly }) => !marksOnly)
        .map((line, i) => {
          const x = placeOf(chart, i, pointed);
          const value = x === undefined ? undefined : valueAt(line, x);
          return (
            <li key={`${i}-${line.label}`} title={line.label}>
              <LineSwatch line={line} /> {value === undefined ? "–" : yRead(value)}
            </li>
          );
        })}
    </ul>
  );
}

/** A live chart with a logarithmic x axis. */
export function Chart(props: ChartProps): VNode {
  const host = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const plot = useRef<uPlot | undefined>(undefined);
  const current = useRef(props);
  current.current = props;
  const structure = `${structureOf(props)}${themeVersion.value}`;
  const empty = props.lines.every((line) => !line.points.some(([, y]) => hasPlace(line, props.logY, y)));
  const zoom = props.zoom?.value;
  const width = useWidthInView(host);
  const drawn = useRef(props.lines);
  const zoomed = useRef(zoom);

  useLayoutEffect(() => {
    if (width === undefined) return;
    const show = (at: number | undefined): void => setPointed(at === undefined ? undefined : plot.current?.data[0][at]);
    const options = optionsOf(props, Math.max(width, 120), () => current.current, show);
    const build = new uPlot(options, aligned(props) as uPlot.AlignedData, host.current!);
    plot.current = build;
    drawn.current = props.lines;
    return () => {
      build.destroy();
      plot.current = undefined;
    };
  }, [structure, width]);

  useLayoutEffect(() => {
    if (!plot.current || (drawn.current === props.lines && zoomed.current === zoom)) return;
    plot.current.setData(aligned(props) as uPlot.AlignedData);
    [drawn.current, zoomed.current] = [props.lines, zoom];
  }, [props.lines, zoom]);

  useLayoutEffect(() => plot.current?.redraw(false, false), [props.at]);

  const place = pointed ?? (props.at?.length === 1 && props.at[0]!.line === undefined ? props.at[0]!.x : undefined);

  return (
    <figure class="chart">
      <figcaption>
        <What id={props.what}>
          <Unbroken text={props.title} />
        </What>
        {props.note && <span class="chart-note">{props.note}</span>}
      </figcaption>
      <div class="plot-frame">
        <div class="plot" ref={host} role="img" aria-label={summary(props)} />
        {empty && <p class="plot-empty">{props.emptyText ?? "appears with the first steps"}</p>}
      </div>
      <p class="x-label">{empty ? props.x.label : place !== undefined ? props.x.read(place) : (props.atText ?? props.x.label)}</p>
      <Readout chart={props} pointed={pointed} />
    </figure>
  );
}
