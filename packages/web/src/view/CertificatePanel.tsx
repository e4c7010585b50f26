import { norms } from "@steepest/core";
import { symbolOf } from "@steepest/experiments";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Asked, Certifier } from "../lab/certifier.js";
import type { Laboratory } from "../lab/laboratory.js";
import { armNames, normName, ownNormOf } from "../setup/definition.js";
import { CertificateCard } from "./CertificateCard.js";
import { ChoiceField } from "./Field.js";
import { refusalText } from "./refusalText.js";
import { What } from "./What.js";

interface PanelProps {
  readonly lab: Laboratory;
  readonly certifier: Certifier;
}

/** The norms that are offered for an arm: its own first, then those of the registry. */
const normsFor = (own: string): readonly string[] => [own, ...Object.keys(norms).filter((id) => id !== own)];

/** Choices of kinks, and of the programmes of a polish, with their words: the first of each is what `steepest certify` does. */
const kinkChoices = [
  ["0.01", "within 0.01"],
  ["0.05", "within 0.05"],
  ["0.001", "within 0.001"],
  ["0", "at 0 only"],
] as const;
const polishChoices = [
  ["0", "none"],
  ["20", "20 programmes"],
  ["100", "100 programmes"],
] as const;

/** The choice of an arm, a norm, and what counts as a kink, and the buttons. */
function Question({ lab, certifier }: PanelProps): VNode {
  const { arms } = lab.setup.value;
  const names = armNames(arms);
  const [chosenArm, setArm] = useState(0);
  const [chosenNorm, setNorm] = useState<string | undefined>(undefined);
  const [kinks, setKinks] = useState<string>(kinkChoices[0][0]);
  const [polish, setPolish] = useState<string>(polishChoices[0][0]);
  const arm = Math.min(chosenArm, names.length - 1);
  const own = ownNormOf(arms[arm]!);
  const norm = chosenNorm ?? own;
  const { asked } = certifier;
  lab.tick.value;
  const history = lab.histories[arm];
  const hasWeights = lab.loaded.value !== undefined && history !== undefined && history.outcome?.kind !== "diverged";
  return (
    <>
      <div class="openers">
        <ChoiceField
          label="certified optimiser"
          value={String(arm)}
          options={names.map((name, i) => [String(i), name] as const)}
          onChange={(index) => setArm(Number(index))}
        />
        <ChoiceField
          label="norm of the certificate"
          value={norm}
          options={normsFor(own).map((id, i) => [id, i === 0 ? `${symbolOf(id)} (its own)` : symbolOf(id)] as const)}
          onChange={(id) => setNorm(id === own ? undefined : id)}
        />
        <ChoiceField label="units at their kinks" value={kinks} options={kinkChoices} onChange={setKinks} />
        <ChoiceField label="polish" value={polish} options={polishChoices} onChange={setPolish} />
        {asked.value ? (
          <button type="button" onClick={() => certifier.cancel()}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            disabled={!hasWeights}
            onClick={() => void certifier.ask({ arm, norm, kinks: Number(kinks), polish: Number(polish) || undefined })}
          >
            Certify
          </button>
        )}
      </div>
      <p role="status" class="help">
        {asked.value && askedText(names, asked.value)}
        {history?.outcome?.kind === "diverged" && "It diverged, and has no weights to certify."}
      </p>
    </>
  );
}

const askedText = (names: readonly string[], { arm, norm }: Asked): string =>
  `Searching for the best multipliers of ${names[arm]} in ${normName(norm)}. The race can go on.`;

/** Certificates of the arms: how near each is to a KKT point of max-margin, in the norm that the reader picks. */
export function CertificatePanel({ lab, certifier }: PanelProps): VNode {
  const setup = lab.setup.value;
  useEffect(() => () => certifier.forget(), [setup, certifier]);
  const names = armNames(setup.arms);
  const refused = certifier.refused.value;
  const found = certifier.found.value.filter(({ arm }) => arm < names.length);
  return (
    <section class="certificates" aria-labelledby="certificates-title">
      <div class="section-head">
        <h2 id="certificates-title">Certificates</h2>
        <p>
          How near an optimiser is to a <What id="certificate">KKT point of max-margin</What>, with the best multipliers there are: bounds
          that hold, in a file that programs without our code can check.
        </p>
      </div>
      <Question lab={lab} certifier={certifier} />
      {refused && names[refused.arm] !== undefined && (
        <p class="banner refusal" role="alert">
          {refusalText(names[refused.arm]!, refused)}
        </p>
      )}
      {found.length > 0 && (
        <div class={`cards cards-${found.length}`}>
          {found.map((one) => (
            <CertificateCard
              key={`${one.arm} ${one.norm} ${one.moment.step}`}
              lab={lab}
              certified={one}
              name={names[one.arm]!}
              onDrop={() => certifier.drop(one)}
            />
          ))}
        </div>
      )}
    </section>
  );
}
