import { useComputed } from "@preact/signals";
import type { FigureSpec } from "@steepest/experiments";
import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";
import { renderFigure } from "../export/figure.js";
import { pngFigure } from "../export/pngFigure.js";
import { raceCsv, raceDefinitionText, raceJson } from "../export/raceExport.js";
import type { ProgramLanguage } from "../export/raceProgram.js";
import type { Laboratory } from "../lab/laboratory.js";
import { armNames } from "../setup/definition.js";
import { setupFault } from "../setup/setupFault.js";
import { ChoiceField } from "./Field.js";
import { save } from "./save.js";
import { type Made, useTaken } from "./useTaken.js";
import { What } from "./What.js";

interface Download {
  readonly kind: string;
  readonly name: string;
  readonly type: string;
  content(lab: Laboratory): BlobPart | Promise<BlobPart>;
}

/** Figures and programs are made by files that are fetched with the first of them. */
const figureOf = async (lab: Laboratory): Promise<FigureSpec> => (await import("../export/raceFigure.js")).raceFigure(lab);
const programOf = async (language: ProgramLanguage, lab: Laboratory, arm: number): Promise<string> =>
  (await import("../export/raceProgram.js")).programText(language, lab, arm);

const figures: readonly Download[] = [
  { kind: "SVG", name: "race.svg", type: "image/svg+xml", content: async (lab) => renderFigure(await figureOf(lab)) },
  { kind: "PNG", name: "race.png", type: "image/png", content: async (lab) => pngFigure(await figureOf(lab)) },
];
const tables: readonly Download[] = [
  { kind: "CSV", name: "race-rows.csv", type: "text/csv", content: raceCsv },
  { kind: "JSON", name: "race-rows.json", type: "application/json", content: raceJson },
];
const languages: readonly ProgramLanguage[] = ["TypeScript", "PyTorch"];

interface GroupProps {
  readonly lab: Laboratory;
  readonly taken: ReturnType<typeof useTaken>;
}

/** Checks that a race is possible. @throws Error  in words of the page, if none is possible as set up */
function needPossible({ setup }: Laboratory): void {
  const fault = setupFault(setup.value);
  if (fault !== undefined) throw new Error(`No race is possible as set up. ${fault}`);
}

/** A property of the race, asked for again whenever a row was added: what is drawn changes only with the answer. */
function useWhether(lab: Laboratory, holds: (lab: Laboratory) => boolean): boolean {
  return useComputed(() => {
    lab.recorded.value;
    return holds(lab);
  }).value;
}

const isResolved = ({ resolved }: Laboratory): boolean => resolved !== undefined;
const hasFrames = ({ histories }: Laboratory): boolean => histories.some(({ frames }) => frames.length > 0);

function Share({ lab, taken: { attempt, copy } }: GroupProps): VNode {
  const isPossible = useWhether(lab, isResolved);
  const link = (): Promise<void> => {
    needPossible(lab);
    const { fragment, note } = lab.link();
    if (fragment === "") throw new Error(note);
    return copy("link", `${location.origin}${location.pathname}#${fragment}`, note);
  };
  const definition = (): Promise<void> => {
    needPossible(lab);
    return copy("definition", raceDefinitionText(lab), "Save it as race.json, then: steepest run race.json");
  };
  return (
    <fieldset>
      <legend>share</legend>
      <button type="button" onClick={attempt(link)}>
        Copy link
      </button>
      <button type="button" disabled={!isPossible} onClick={attempt(definition)}>
        Copy definition
      </button>
    </fieldset>
  );
}

function Programs({ lab, taken: { attempt, copy } }: GroupProps): VNode {
  const [arm, setArm] = useState(0);
  const names = armNames(lab.setup.value.arms);
  const chosen = Math.min(arm, names.length - 1);
  return (
    <fieldset>
      <legend>one optimiser as a program</legend>
      <ChoiceField
        label="optimiser"
        value={String(chosen)}
        options={names.map((name, i) => [String(i), name] as const)}
        onChange={(index) => setArm(Number(index))}
      />
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          disabled={!lab.loaded.value}
          onClick={attempt(async () => copy(`${language} program`, await programOf(language, lab, chosen)))}
        >
          Copy {language}
        </button>
      ))}
    </fieldset>
  );
}

function Downloads({
  lab,
  taken: { attempt },
  title,
  downloads,
}: GroupProps & { readonly title: string; readonly downloads: readonly Download[] }): VNode {
  const hasRows = useWhether(lab, hasFrames);
  return (
    <fieldset>
      <legend>{title}</legend>
      {downloads.map(({ kind, name, type, content }) => (
        <button key={kind} type="button" disabled={!hasRows} onClick={attempt(async () => save(name, await content(lab), type))}>
          Download {kind}
        </button>
      ))}
    </fieldset>
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

/** The race as a link, a definition, programs, figures and tables. */
export function TakeAway({ lab }: { readonly lab: Laboratory }): VNode {
  const taken = useTaken(lab);
  const { made, problem } = taken;
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
        <Share lab={lab} taken={taken} />
        <Programs lab={lab} taken={taken} />
        <Downloads lab={lab} taken={taken} title="figure" downloads={figures} />
        <Downloads lab={lab} taken={taken} title="recorded numbers" downloads={tables} />
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
