import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { mostSize } from "../data/fileSize.js";
import type { Problem } from "../engine/message.js";
import type { Laboratory } from "../lab/laboratory.js";
import { inWordsOfThePage, setupFault } from "../setup/setupFault.js";
import { fileProblem } from "./DataControls.js";
import { DataDownload } from "./DataDownload.js";
import { countText } from "./numberText.js";
import { What } from "./What.js";

function ProblemBanner({
  title,
  problem,
  onDismiss,
}: {
  readonly title: string;
  readonly problem: Problem;
  readonly onDismiss?: () => void;
}): VNode {
  return (
    <div class="banner refusal" role="alert">
      <p>
        <strong>{title}</strong> {problem.message}
        {problem.hint && <> ({problem.hint})</>}
      </p>
      {onDismiss && (
        <button type="button" class="quiet" onClick={onDismiss}>
          dismiss
        </button>
      )}
    </div>
  );
}

function ReplayBanner({ lab }: { readonly lab: Laboratory }): VNode | null {
  const replay = lab.replay.value;
  if (!replay) return null;
  const { receipt, found } = replay;
  const at = countText(found ? Math.min(receipt.at, lab.step) : receipt.at); // a race that is over vouches for all of its steps
  if (!found) {
    return (
      <p class="banner" role="status">
        Replaying the sender's race to step {at}, to compare every recorded number <What id="receipt">bit for bit</What>.
      </p>
    );
  }
  if (found.kind === "same") {
    return (
      <p class="banner good" role="status">
        <What id="receipt">Bit for bit the same</What> as the sender's race: {countText(found.rows)} recorded steps up to step {at}.
      </p>
    );
  }
  return (
    <p class="banner refusal" role="status">
      <What id="receipt">Not the same</What> as the sender's race:{" "}
      {found.step === undefined ? "the hashes differ." : `the first recorded step that differs is ${countText(found.step)}.`}
    </p>
  );
}

/** Warning that the address does not hold the setup: what would be lost, and how to keep it. */
function AddressBanner({ lab }: { readonly lab: Laboratory }): VNode | null {
  const setup = lab.setup.value;
  const fits = useMemo(() => setupFault(setup) !== undefined || lab.setupLink().fragment !== "", [setup]);
  if (fits) return null;
  return (
    <div class="banner warning" role="status">
      <p>
        These data are too large for an address: reloading the page would lose them. Download them as a table; dropped on the page, one of{" "}
        {mostSize} gives the same race, and a link that asks for the file.
      </p>
      <DataDownload lab={lab} />
    </div>
  );
}

/** Messages that the reader has to see before anything else. */
export function Banners({ lab }: { readonly lab: Laboratory }): VNode {
  const [linkProblem, problem] = [lab.linkProblem.value, lab.problem.value];
  const { data } = lab.setup.value;
  return (
    <>
      {linkProblem && (
        <ProblemBanner
          title="This link does not describe a race, so the default one was loaded."
          problem={linkProblem}
          onDismiss={() => (lab.linkProblem.value = undefined)}
        />
      )}
      {fileProblem.value && (
        <ProblemBanner
          title={fileProblem.value.title}
          problem={{ message: fileProblem.value.message, hint: `expected: ${fileProblem.value.hint}` }}
          onDismiss={() => (fileProblem.value = undefined)}
        />
      )}
      {problem && <ProblemBanner title="This race is not possible as set up." problem={inWordsOfThePage(problem, lab.setup.value)} />}
      <AddressBanner lab={lab} />
      {lab.activity.value === "waitingForFile" &&
        lab.awaited.map((name) => (
          <p class="banner" role="status" key={name}>
            This race needs the file <strong>{name}</strong>. Drop it anywhere on the page, or choose it under{" "}
            {data.kind === "dropped" && data.name === name ? "Data" : "Network and loss"}.
          </p>
        ))}
      {lab.loaded.value?.contradictions !== undefined && (
        <p class="banner warning" role="status">
          No network of this kind can separate these samples: {lab.loaded.value.contradictions} (counted from 0). The race shows what each
          optimiser makes of that.
        </p>
      )}
      {lab.loaded.value?.engine === "reference" && (
        <p class="banner warning">
          WebAssembly is not available here, so the race runs on its JavaScript twin: the same bits, more slowly.
        </p>
      )}
      <ReplayBanner lab={lab} />
    </>
  );
}
