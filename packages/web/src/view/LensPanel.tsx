import { symbolOf } from "@steepest/experiments";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { Laboratory } from "../lab/laboratory.js";
import { shownNorms } from "../setup/defaults.js";
import { armNames } from "../setup/definition.js";
import { axes } from "./axis.js";
import { Chart } from "./Chart.js";
import { tickText } from "./numberText.js";
import type { Line } from "./plotOptions.js";
import { dashes, themeVersion, token } from "./theme.js";
import { useInTurn } from "./turns.js";

interface LensProps {
  readonly lab: Laboratory;
  readonly index: number;
  readonly name: string;
}

function LensChart({ lab, index, name }: LensProps): VNode {
  const recorded = useInTurn(lab.recorded);
  const lines = useMemo(
    () =>
      shownNorms.map(
        (norm, k): Line => ({
          label: symbolOf(norm),
          color: token(`--norm-${k}`),
          dash: dashes[k]!,
          width: 2,
          points: lab.histories[index]!.lens.flatMap(({ step, cosines }): [number, number][] => {
            const cosine = cosines[norm]!;
            return Number.isFinite(cosine) && step > 0 ? [[step, cosine]] : [];
          }),
        }),
      ),
    [recorded, index, themeVersion.value],
  );
  const looking = lab.looking.value;
  const at = useMemo(() => (looking === undefined ? undefined : [{ x: looking, color: token("--ink") }]), [looking, themeVersion.value]);
  return (
    <Chart
      title={name}
      what="lens"
      emptyText={lab.histories[index]!.outcome && "ended before an update could be compared"}
      lines={lines}
      x={axes.step}
      yText={tickText}
      logY={false}
      yRange={[-0.05, 1.05]}
      at={at}
    />
  );
}

/** The norm whose steepest descent each optimiser behaves like, over time. */
export function LensPanel({ lab }: { readonly lab: Laboratory }): VNode {
  useInTurn(lab.recorded);
  const names = armNames(lab.setup.value.arms);
  return (
    <section class="lens" aria-labelledby="lens-title">
      <div class="section-head">
        <h2 id="lens-title">Optimiser lens</h2>
        <p>Cosine between the update that was made and each norm's steepest direction. At 1 they are the same.</p>
      </div>
      <ul class="legend" aria-label="norms">
        {shownNorms.map((norm, k) => (
          <li key={norm}>
            <svg class={`swatch norm-${k}`} viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">
              <line x1="1" y1="4" x2="33" y2="4" stroke-width="3" stroke-dasharray={dashes[k]!.join(" ")} />
            </svg>{" "}
            {symbolOf(norm)}
          </li>
        ))}
      </ul>
      <div class="charts">
        {names.map((name, i) => (lab.histories[i] ? <LensChart key={name} lab={lab} index={i} name={name} /> : null))}
      </div>
    </section>
  );
}
