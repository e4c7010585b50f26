import { signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { ExplanationId } from "../explain/explanations.js";
import { type ArmHistory, frameAt } from "../lab/history.js";
import type { Activity, Laboratory } from "../lab/laboratory.js";
import { shownNorms } from "../setup/defaults.js";
import { armNames, normName, ownNormOf } from "../setup/definition.js";
import { isMeasured } from "../setup/network.js";
import { type Axis, axes, decadesOf, fewestShownDecades, lateSpan } from "./axis.js";
import { Chart } from "./Chart.js";
import { NumberField } from "./Field.js";
import { limitMark } from "./HomogeneityNote.js";
import { armLines, armMarkers } from "./lines.js";
import { countText, riskText, type TickText, tickText } from "./numberText.js";
import type { LookedAt } from "./plotOptions.js";
import { Swatch } from "./Swatch.js";
import { armColor, themeVersion, token } from "./theme.js";
import { useInTurn } from "./turns.js";
import { Unbroken } from "./Unbroken.js";
import { What } from "./What.js";

const axis = signal<Axis>("step");
type Range = readonly [number, number];
const zoom = signal<Range | undefined>(undefined);

interface Quantity {
  readonly title: string;
  readonly what: ExplanationId;
  readonly value: (row: Readonly<Record<string, number>>) => number | undefined;
  readonly yText?: TickText;
  readonly yRead?: (value: number) => string;
  readonly note?: string;
  /** Text if steps were made but a logarithmic axis has no place for any of their values. */
  readonly missing?: string;
  readonly ownNorm?: string;
  /** Least value with a place on the axis; lower ones are only read out. */
  readonly least?: number;
  /** Value whose least since a separation begins the axis: the rise to it from nothing would take most of the axis. */
  readonly from?: Quantity["value"];
  /** true: its meaning depends on the degree, which of a network that is not homogeneous is that of its limit. */
  readonly isOfDegree?: boolean;
  /** The only axis over which the quantity has a meaning. */
  readonly over?: Axis;
}

const probe = (name: string) => (row: Readonly<Record<string, number>>) => row[name];

const margins: readonly Quantity[] = shownNorms.map((norm) => ({
  title: `margin in ${normName(norm)}`,
  what: "margin",
  value: probe(`margin.${norm}`),
  missing: "appears once every sample is right",
  ownNorm: norm,
  isOfDegree: true,
  from: probe(`margin.${norm}`),
}));

const others: readonly Quantity[] = [
  {
    title: "soft margin, own norm",
    what: "softMarginOwn",
    isOfDegree: true,
    value: probe("softMargin.own"),
    missing: "appears once the data are separated",
    from: probe("margin.own"),
  },
  { title: "KKT gap, 1 − alignment", what: "kktGap", value: (row) => 1 - row.alignment! },
  {
    title: "risk",
    what: "logRisk",
    value: (row) => decadesOf(row as { step: number }),
    least: fewestShownDecades,
    yText: axes.risk.tick,
    yRead: (decades) => riskText(-decades * Math.LN10),
    note: "falling upwards",
    missing: "appears once the risk is below 0.8",
    over: "step",
  },
  { title: "step", what: "step", value: (row) => row.step, yRead: countText, over: "risk" },
  { title: "margin change per step", what: "health", value: probe("health.marginChange") },
];

function AxisChoice(): VNode {
  const choices: readonly (readonly [Axis, string])[] = [
    ["step", "step"],
    ["risk", "−log risk"],
  ];
  return (
    <fieldset class="axis-choice">
      <legend>over</legend>
      {choices.map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name="axis"
            checked={axis.value === value}
            onChange={() => {
              axis.value = value;
              zoom.value = undefined;
            }}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The shown part of the axis as two numbers: the keyboard's way to drag over a chart. An end that was not chosen is that of the span. */
function Zoom({ lab }: { readonly lab: Laboratory }): VNode {
  const [recorded, over] = [useInTurn(lab.recorded), axis.value];
  const span = useMemo(() => lateSpan(lab.histories, over), [recorded, over]);
  const [low, high] = zoom.value ?? [];
  const [first, last] = [low ?? span?.[0] ?? 0, high ?? span?.[1] ?? Infinity];
  const unit = over === "step" ? "step" : "risk 1e-";
  return (
    <fieldset class="zoom">
      <legend>zoom</legend>
      <NumberField
        label={`from ${unit}`}
        value={rounded(low)}
        whenDone
        refuses={(from) => (from > 0 && from < last ? undefined : "must lie before the end")}
        onChange={(from) => {
          zoom.value = [from, Number.isFinite(last) ? last : 10 * from];
        }}
      />
      <NumberField
        label={`to ${unit}`}
        value={rounded(high)}
        whenDone
        refuses={(to) => (to > first ? undefined : "must lie behind the beginning")}
        onChange={(to) => {
          zoom.value = [first > 0 ? first : to / 10, to];
        }}
      />
      <button type="button" disabled={!zoom.value} onClick={() => (zoom.value = undefined)}>
        show all
      </button>
    </fieldset>
  );
}

const rounded = (value: number | undefined): number | undefined => value && Number(value.toPrecision(4));

/** The least positive value of an arm since it separated the data, or its last value if it has not; undefined while no arm has one. */
function leastSinceSeparation(histories: readonly ArmHistory[], value: Quantity["value"]): number | undefined {
  const values = histories.flatMap(({ frames, separationStep }) =>
    (separationStep === undefined ? frames.slice(-1) : frames.filter(({ row }) => row.step >= separationStep)).map(({ row }) => value(row)),
  );
  const positive = values.filter((value) => value !== undefined && value > 0) as number[];
  return positive.length === 0 ? undefined : positive.reduce((least, one) => Math.min(least, one));
}

/** Places at which the arms are looked at: all at one step, each at a risk of its own. */
function lookedAt(histories: readonly ArmHistory[], over: Axis, looking: number | undefined): readonly LookedAt[] | undefined {
  if (looking === undefined) return undefined;
  if (over === "step") return [{ x: looking, color: token("--ink") }];
  return histories.flatMap((history, arm) => {
    const row = frameAt(history, looking)?.row;
    return row && decadesOf(row) > 0 ? [{ x: decadesOf(row), color: armColor(arm), line: arm }] : [];
  });
}

/** Text if no arm has reached the beginning of the axis of the risk. */
const riskMissing = (activity: Activity): string =>
  activity === "over" ? "the risk never got below 1" : "appears once the risk is below 1";

interface QuantityProps {
  readonly lab: Laboratory;
  readonly quantity: Quantity;
}

function QuantityChart({ lab, quantity }: QuantityProps): VNode {
  const { arms } = lab.setup.value;
  const { ownNorm, value, least, from, isOfDegree } = quantity;
  const mark = isOfDegree && isMeasured(lab.setup.value) ? limitMark : "";
  const [recorded, over, looking] = [useInTurn(lab.recorded), axis.value, lab.looking.value];
  const { lines, markers, span, yFrom } = useMemo(() => {
    const { histories } = lab;
    const names = armNames(arms);
    const owns = arms.map(ownNormOf);
    return {
      lines: armLines({ histories, names, axis: over, value, least, emphasised: (arm) => ownNorm !== undefined && owns[arm] === ownNorm }),
      markers: armMarkers(histories, names, over),
      span: lateSpan(histories, over),
      yFrom: from && leastSinceSeparation(histories, from),
    };
  }, [recorded, over, arms, themeVersion.value]);
  const at = useMemo(() => lookedAt(lab.histories, over, looking), [looking, over, recorded, themeVersion.value]);
  return (
    <Chart
      title={`${quantity.title}${mark}`}
      what={quantity.what}
      note={quantity.note}
      emptyText={lab.step === 0 ? undefined : over === "risk" ? riskMissing(lab.activity.peek()) : quantity.missing}
      lines={lines}
      markers={markers}
      x={axes[over]}
      xSpan={span}
      yText={quantity.yText ?? tickText}
      yRead={quantity.yRead}
      logY
      yFrom={yFrom}
      zoom={zoom}
      at={at}
      atText={looking !== undefined && over === "risk" ? `${axes.step.read(looking)}, each at a risk of its own` : undefined}
    />
  );
}

/** The late phase, after every sample is right: the margins in every norm, and their convergence. */
export function LatePhase({ lab }: { readonly lab: Laboratory }): VNode {
  const [setup, over] = [lab.setup.value, axis.value];
  const names = armNames(setup.arms);
  useEffect(() => {
    zoom.value = undefined; // of the race before
  }, [setup]);
  return (
    <section class="late" aria-labelledby="late-title">
      <div class="section-head">
        <h2 id="late-title">The late phase</h2>
        <AxisChoice />
        <Zoom lab={lab} />
      </div>
      <ul class="legend" aria-label="lines">
        {names.map((name, i) => (
          <li key={name}>
            <Swatch arm={i} /> <Unbroken text={name} />
          </li>
        ))}
        <li>
          <svg class="swatch mark" viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">
            <line x1="1" y1="4" x2="33" y2="4" stroke-width="1.5" stroke-dasharray="1 3" />
          </svg>{" "}
          <What id="perfectAccuracy">all correct</What>
        </li>
        <li>
          <svg class="swatch mark" viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">
            <line x1="1" y1="4" x2="33" y2="4" stroke-width="1.5" stroke-dasharray="6 3" />
          </svg>{" "}
          <What id="separation">separated</What>
        </li>
        <li>
          <svg class="swatch mark" viewBox="0 0 34 8" width="34" height="8" aria-hidden="true">
            <line x1="1" y1="4" x2="33" y2="4" stroke-width="4" />
          </svg>{" "}
          thick: the arm's own norm
        </li>
      </ul>
      <div class="charts">
        {[...margins, ...others].map(
          (quantity) => (quantity.over ?? over) === over && <QuantityChart key={quantity.title} lab={lab} quantity={quantity} />,
        )}
      </div>
    </section>
  );
}
