import type { CertificateEntry } from "@steepest/certificates";
import type { VNode } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { PolishedAnswer } from "../certificate/message.js";
import type { Certified } from "../lab/certifier.js";
import type { Laboratory } from "../lab/laboratory.js";
import { armId, normName } from "../setup/definition.js";
import { drawBoundary } from "./boundary.js";
import { certificateRows, entryNote, sampleMultipliers, shortBound } from "./certificateRows.js";
import { NumberList } from "./NumberList.js";
import { countText } from "./numberText.js";
import { drawMargins } from "./pictures.js";
import { Swatch } from "./Swatch.js";
import { save } from "./save.js";
import { armColor, themeVersion } from "./theme.js";
import { turns } from "./turns.js";
import { Unbroken } from "./Unbroken.js";
import { What } from "./What.js";

interface CardProps {
  readonly lab: Laboratory;
  readonly certified: Certified;
  readonly name: string;
  readonly onDrop: () => void;
}

/** The samples with a multiplier, in the picture of the moment that was certified. */
function SupportPicture({ lab, certified: { arm, moment, answer }, name }: Omit<CardProps, "onDrop">): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const loaded = lab.loaded.value;
  const plane = loaded?.plane;
  const multipliers = useMemo(() => sampleMultipliers(answer.document.entries[0]!), [answer]);
  useLayoutEffect(() => {
    const draw = (): void => {
      const { current } = canvas;
      if (!current || !loaded) return;
      const { data } = loaded;
      if (plane) drawBoundary(current, { data, plane, picture: moment.picture, arm, multipliers });
      else drawMargins(current, moment.picture.sampleMargins, data, armColor(arm), multipliers);
    };
    turns.take(draw);
    return () => turns.drop(draw);
  }, [loaded, plane, moment, multipliers, themeVersion.value]);
  return (
    <div class="picture">
      <p class="picture-title">
        <What id="multipliers">
          {plane ? "samples that carry it, ringed by multiplier" : "margins, sorted; marked: the samples that carry it"}
        </What>
      </p>
      <canvas
        ref={canvas}
        class={plane ? "plane" : "bars"}
        role="img"
        aria-label={`samples with a multiplier in the certificate of ${name}: ${[...multipliers.keys()].sort((a, b) => a - b).join(", ")}`}
      />
    </div>
  );
}

function Entry({ entry, title }: { readonly entry: CertificateEntry; readonly title: string }): VNode {
  const note = entryNote(entry);
  return (
    <>
      <p class="picture-title">{title}</p>
      <NumberList rows={certificateRows(entry)} />
      {note && <p class="help">{note}</p>}
    </>
  );
}

const titleOf = ({ kinks }: CertificateEntry, k: number): string =>
  k === 0 ? "at the weights themselves" : `units within ${kinks} of their kinks completed`;

/** The margin that was left, and how near to a KKT point the programmes have come. */
function polishedText({ before, after, steps, document }: PolishedAnswer): string {
  const left = (100 * (1 - before / after)).toPrecision(3);
  const kappa = shortBound(document.entries[0]!.kappa[0], -1);
  return `Polished: ${countText(steps)} programmes raise the margin from ${before.toPrecision(4)} to ${after.toPrecision(4)}, so ${left} % of that were left; κ there is at least ${kappa}.`;
}

function PolishedButtons({ polished, file }: { readonly polished: PolishedAnswer; readonly file: string }): VNode {
  return (
    <>
      <button type="button" onClick={() => save(`${file}.certificate.json`, polished.text, "application/json")}>
        Download polished certificate
      </button>
      <button type="button" onClick={() => save(`${file}.weights.json`, polished.weightsText, "application/json")}>
        Download polished weights
      </button>
    </>
  );
}

/** A certificate: its numbers, the samples that carry it, and its files. */
export function CertificateCard({ lab, certified, name, onDrop }: CardProps): VNode {
  const { arm, norm, moment, answer } = certified;
  const { entries, minMargin, rounding } = answer.document;
  const id = useId();
  const file = `race-${armId(arm)}-${norm.replace(/[^A-Za-z0-9.]+/g, "-").replace(/-$/, "")}-step${moment.step}`;
  return (
    <article class={`card arm-${arm}`} aria-labelledby={id}>
      <h3 id={id}>
        <Swatch arm={arm} /> <Unbroken text={name} /> in {normName(norm)}, step {countText(moment.step)}
      </h3>
      <div class="card-body">
        <SupportPicture lab={lab} certified={certified} name={name} />
        <div class="card-numbers">
          {entries.map((entry, k) => (
            <Entry key={entry.kinks} entry={entry} title={titleOf(entry, k)} />
          ))}
          {answer.polished && <p class="help">{polishedText(answer.polished)}</p>}
          <p class="help">
            Feasible: the smallest sample margin is at least {shortBound(minMargin[0], -1)}
            {rounding === "proven" ? "" : "; the rounding errors have no known bound here, and the bounds allow for them"}.
          </p>
        </div>
      </div>
      <div class="transport-buttons">
        <button type="button" onClick={() => save(`${file}.certificate.json`, answer.text, "application/json")}>
          Download certificate
        </button>
        <button type="button" onClick={() => save(`${file}.weights.json`, answer.weightsText, "application/json")}>
          Download its weights
        </button>
        {answer.polished && <PolishedButtons polished={answer.polished} file={`${file}-polished`} />}
        <button type="button" class="quiet" aria-label={`Remove the certificate of ${name} in ${normName(norm)}`} onClick={onDrop}>
          Remove
        </button>
      </div>
    </article>
  );
}
