import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { ExplanationId } from "../explain/explanations.js";
import { type ArmHistory, emptyHistory, frameAt } from "../lab/history.js";
import type { Laboratory } from "../lab/laboratory.js";
import { normName, ownNormOf } from "../setup/definition.js";
import { isMeasured } from "../setup/network.js";
import type { ArmSetup } from "../setup/raceSetup.js";
import { ArmPicture } from "./ArmPicture.js";
import { limitMark } from "./HomogeneityNote.js";
import { countText, percentText, riskText, shortNumber } from "./numberText.js";
import { OutcomeNote } from "./OutcomeNote.js";
import { Swatch } from "./Swatch.js";
import { TheoremLine } from "./TheoremLine.js";
import { Unbroken } from "./Unbroken.js";
import { What } from "./What.js";

interface CardProps {
  readonly lab: Laboratory;
  readonly index: number;
  readonly name: string;
  readonly arm: ArmSetup;
}

const ordinal = (step: number | undefined): string => (step === undefined ? "not yet" : `step ${countText(step)}`);

type Numbers = readonly (readonly [ExplanationId, string, string])[];

/** @param measured  the network is not homogeneous, so that its margins bear the mark that the note below the race explains */
function numbersOf(history: ArmHistory, row: Readonly<Record<string, number>> | undefined, ownNorm: string, measured: boolean): Numbers {
  const own = `${normName(ownNorm)}${measured ? limitMark : ""}`;
  return [
    ["logRisk", "risk", riskText(row?.logRisk)],
    ["accuracy", "training accuracy", percentText(row?.trainAccuracy)],
    ["minMargin", "smallest sample margin", shortNumber(row?.minMargin)],
    ["ownMargin", `margin in ${own}`, shortNumber(row?.["margin.own"])],
    ["softMarginOwn", `soft margin in ${own}`, shortNumber(row?.["softMargin.own"])],
    ["alignment", "alignment", alignmentText(row?.alignment)],
    ["supportCount", "support samples", row ? countText(row.supportCount!) : "–"],
    ["health", "margin change per step", shortNumber(row?.["health.marginChange"])],
    ["perfectAccuracy", "first all correct", ordinal(history.perfectAccuracyStep)],
    ["separation", "first separated", ordinal(history.separationStep)],
  ];
}

/** The names of the numbers, in order. They are kept from one frame to the next: drawn anew with every number they would take most of its time. */
const termsOf = (ownNorm: string, measured: boolean): readonly VNode[] =>
  numbersOf(emptyHistory(), undefined, ownNorm, measured).map(([id, label]) => (
    <dt key={id}>
      <What id={id}>{label}</What>
    </dt>
  ));

/** Text of an alignment; near 1 it shows the difference: 1 − 2.3e-5. */
function alignmentText(alignment: number | undefined): string {
  const gap = alignment === undefined ? Number.NaN : 1 - alignment;
  return gap > 0 && gap < 0.01 ? `1 − ${shortNumber(gap)}` : shortNumber(alignment);
}

/** One optimiser: its picture of the data and its numbers, at the current step or the one that is looked at. */
export function ArmCard({ lab, index, name, arm }: CardProps): VNode | null {
  lab.tick.value;
  const looking = lab.looking.value;
  const ownNorm = useMemo(() => ownNormOf(arm), [arm]);
  const measured = isMeasured(lab.setup.value);
  const terms = useMemo(() => termsOf(ownNorm, measured), [ownNorm, measured]);
  const history = lab.histories[index];
  if (!history) return null;
  const frame = looking === undefined ? history.frames.at(-1) : frameAt(history, looking);
  const shown = looking === undefined ? (history.now ?? frame) : frame;
  const picture = looking === undefined ? (history.picture ?? frame?.picture) : frame?.picture;
  const row = shown?.row;
  return (
    <article class={`card arm-${index}`} aria-labelledby={`card-${index}`}>
      <h3 id={`card-${index}`}>
        <Swatch arm={index} /> <Unbroken text={name} />
      </h3>
      <OutcomeNote lab={lab} index={index} name={name} arm={arm} history={history} />
      <div class="card-body">
        <ArmPicture lab={lab} index={index} name={name} picture={picture} />
        <div class="card-numbers">
          <dl class="numbers" aria-label={`numbers of ${name} at step ${row?.step ?? 0}`}>
            {numbersOf(history, row, ownNorm, measured).map(([, label, value], i) => (
              <div key={label}>
                {terms[i]}
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <TheoremLine history={history} row={row} ceiling={shown?.ceiling} measured={measured} />
        </div>
      </div>
    </article>
  );
}
