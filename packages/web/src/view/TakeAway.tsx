import type { VNode } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { renderFigure } from "../export/figure.js";
import { pngFigure } from "../export/pngFigure.js";
import { type ProgramLanguage, programText, raceCsv, raceDefinitionText, raceFigure, raceJson } from "../export/raceExport.js";
import type { Laboratory } from "../lab/laboratory.js";
import { armNames } from "../setup/definition.js";
import { ChoiceField } from "./Field.js";
import { What } from "./What.js";

/** What was made last, for whoever cannot use the clipboard or wants to see it. */
interface Made {
  readonly name: string;
  readonly text: string;
  readonly said: string;
}

function save(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The race as a link, a definition, programs, figures and tables. */
export function TakeAway({ lab }: { readonly lab: Laboratory }): VNode {
  const [made, setMade] = useState<Made | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [arm, setArm] = useState(0);
  const names = armNames(lab.setup.value.arms);
  const chosen = Math.min(arm, names.length - 1);
  const setup = lab.resolved;
  lab.recorded.value;
  useEffect(() => {
    setMade(undefined);
    setProblem(undefined);
  }, [lab.setup.value]);
  const hasRows = lab.histories.some(({ frames }) => frames.length > 0);

  /** Does something for the reader; what cannot be done is said. */
  const attempt = (act: () => void | Promise<void>) => (): void => {
    setProblem(undefined);
    Promise.resolve()
      .then(act)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  const copy = async (name: string, text: string, note = ""): Promise<void> => {
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setMade({ name, text, said: `${copied ? `${name} copied.` : `Copy the ${name} from below.`} ${note}`.trim() });
  };
  const copyLink = (): Promise<void> | undefined => {
    const { fragment, note } = lab.link();
    if (fragment === "") throw new Error(note);
    return copy("link", `${location.origin}${location.pathname}#${fragment}`, note);
  };
  const copyProgram = (language: ProgramLanguage) => attempt(() => copy(`${language} program`, programText(language, lab, chosen)));

  return (
    <section class="take" aria-labelledby="take-title">
      <div class="section-head">
        <h2 id="take-title">Take it with you</h2>
        <p>
          The link holds the whole setup and a hash of what was recorded: whoever opens it computes the race again and is told whether it is{" "}
          <What id="receipt">bit for bit</What> the same.
        </p>
      </div>
      <div class="take-groups">
        <fieldset>
          <legend>share</legend>
          <button type="button" onClick={attempt(copyLink)}>
            Copy link
          </button>
          <button
            type="button"
            disabled={!setup}
            onClick={attempt(() => copy("definition", raceDefinitionText(lab), "Save it as race.json, then: steepest run race.json"))}
          >
            Copy definition
          </button>
        </fieldset>
        <fieldset>
          <legend>one optimiser as a program</legend>
          <ChoiceField
            label="optimiser"
            value={String(chosen)}
            options={names.map((name, i) => [String(i), name] as const)}
            onChange={(index) => setArm(Number(index))}
          />
          <button type="button" disabled={!lab.loaded.value} onClick={copyProgram("TypeScript")}>
            Copy TypeScript
          </button>
          <button type="button" disabled={!lab.loaded.value} onClick={copyProgram("PyTorch")}>
            Copy PyTorch
          </button>
        </fieldset>
        <fieldset>
          <legend>figure</legend>
          <button
            type="button"
            disabled={!hasRows}
            onClick={attempt(async () => save("race.svg", await renderFigure(raceFigure(lab)), "image/svg+xml"))}
          >
            Download SVG
          </button>
          <button
            type="button"
            disabled={!hasRows}
            onClick={attempt(async () => save("race.png", await pngFigure(raceFigure(lab)), "image/png"))}
          >
            Download PNG
          </button>
        </fieldset>
        <fieldset>
          <legend>recorded numbers</legend>
          <button type="button" disabled={!hasRows} onClick={attempt(() => save("race.csv", raceCsv(lab), "text/csv"))}>
            Download CSV
          </button>
          <button type="button" disabled={!hasRows} onClick={attempt(() => save("race.json", raceJson(lab), "application/json"))}>
            Download JSON
          </button>
        </fieldset>
      </div>
      <p role="status">{made?.said}</p>
      {problem && (
        <p class="banner refusal" role="alert">
          {problem}
        </p>
      )}
      {made && <MadeText made={made} />}
    </section>
  );
}

function MadeText({ made: { name, text } }: { readonly made: Made }): VNode {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <textarea
        id={id}
        class="made"
        readOnly
        rows={Math.min(12, text.split("\n").length)}
        value={text}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
    </div>
  );
}
