import { symbolOf } from "@steepest/experiments";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { Laboratory } from "../lab/laboratory.js";
import { figure2Setup, matchingArms, publishedFigure2 } from "../paper/figure2.js";
import { axes } from "./axis.js";
import { Chart } from "./Chart.js";
import { tickText } from "./numberText.js";
import type { Line } from "./plotOptions.js";
import { Swatch } from "./Swatch.js";
import { dashes, themeVersion, token } from "./theme.js";
import { useInTurn } from "./turns.js";
import { Unbroken } from "./Unbroken.js";

const panels = [
  { norm: "linf", logY: true },
  { norm: "l2", logY: false },
] as const;

interface PaperArm {
  readonly label: string;
  readonly curves: (typeof publishedFigure2)[number]["curves"];
  /** Number of its colour. */
  readonly place: number;
  /** Index of the arm in the race; undefined if the page races something else. */
  readonly index: number | undefined;
}

/** The arms that the race has in common with the paper, or all of the paper's where it has none. */
function shownArms(lab: Laboratory): PaperArm[] {
  const matches = matchingArms(lab.setup.value);
  const arms = publishedFigure2.map(({ arm, label, curves }, i) => ({
    label,
    curves,
    place: matches.get(arm) ?? i,
    index: matches.get(arm),
  }));
  return matches.size === 0 ? arms : arms.filter(({ index }) => index !== undefined);
}

const paperSteps = { ...axes.step, label: "step (the paper's epoch: full batches)" };

const published = (label: string): string => `${label}, published`;

/** Published curves as open circles on a thin line; ours as the race draws them. */
function paperLines(lab: Laboratory, norm: "linf" | "l2"): Line[] {
  return shownArms(lab).flatMap(({ label, curves, place, index }): Line[] => {
    const color = token(`--arm-${place}`);
    const given: Line[] = [
      {
        label: published(label),
        color,
        dash: dashes[place % dashes.length]!,
        width: index === undefined ? 1.2 : 0.6,
        points: curves[norm],
      },
      { label: published(label), color, dash: [], width: 1.5, points: curves[norm], marksOnly: true },
    ];
    if (index === undefined) return given;
    const points = (lab.histories[index]?.frames ?? []).flatMap(({ row }): [number, number][] => {
      const value = row[`margin.${norm}`]!;
      return row.step > 0 && Number.isFinite(value) ? [[row.step, value]] : [];
    });
    return [{ label: `${label}, here`, color, dash: dashes[index]!, width: 2.2, points }, ...given];
  });
}

function PaperChart({ lab, panel: { norm, logY } }: { readonly lab: Laboratory; readonly panel: (typeof panels)[number] }): VNode {
  const [recorded, setup] = [useInTurn(lab.recorded), lab.setup.value];
  const lines = useMemo(() => paperLines(lab, norm), [recorded, setup, themeVersion.value]);
  return <Chart title={`margin in ${symbolOf(norm)}`} what="paperFigure" lines={lines} x={paperSteps} yText={tickText} logY={logY} />;
}

/** Figure 2 of the paper, with what this page computes over it. */
export function PaperPanel({ lab }: { readonly lab: Laboratory }): VNode {
  const isHere = matchingArms(lab.setup.value).size > 0;
  return (
    <section class="paper" aria-labelledby="paper-title">
      <div class="section-head">
        <h2 id="paper-title">Figure 2 of the paper</h2>
        <p>
          MNIST 3 against 6, 100 images, 128 ReLU units, logistic loss. Open circles: values read off the published curves
          {isHere ? "; lines: the race on this page, from one seed where the paper draws three." : "."}
        </p>
        <button
          type="button"
          onClick={() => {
            lab.change(figure2Setup, "start");
            document.getElementById("race-title")?.scrollIntoView();
          }}
        >
          Run it here
        </button>
      </div>
      <ul class="legend" aria-label="algorithms of the paper">
        {shownArms(lab).map(({ label, place }) => (
          <li key={label}>
            <Swatch arm={place} circle /> <Unbroken text={label} />
          </li>
        ))}
      </ul>
      <div class="charts">
        {panels.map((panel) => (
          <PaperChart key={panel.norm} lab={lab} panel={panel} />
        ))}
      </div>
    </section>
  );
}
