import { signal } from "@preact/signals";
import { isSteepestError } from "@steepest/core";
import { type DatasetDefinition, isGiven } from "@steepest/experiments";
import type { VNode } from "preact";
import { mostSize, sizeProblem } from "../data/fileSize.js";
import { readTableFile } from "../data/readTable.js";
import type { Problem } from "../engine/message.js";
import type { Laboratory } from "../lab/laboratory.js";
import { dataNames, dataStarts, isWhole } from "../setup/choices.js";
import { dataFieldName, dataNumbers } from "../setup/fieldPath.js";
import { onData } from "../setup/network.js";
import type { RaceData, RaceSetup } from "../setup/raceSetup.js";
import { changeFault } from "../setup/setupFault.js";
import { DataDownload } from "./DataDownload.js";
import { DrawBoard } from "./DrawBoard.js";
import { ChoiceField, NumberField } from "./Field.js";
import { FileField } from "./FileField.js";

type Kind = DatasetDefinition["kind"] | "dropped";

interface FileProblem extends Problem {
  readonly title: string;
}

/** The fault of the last file; shown as a banner, since a file may be dropped anywhere. */
export const fileProblem = signal<FileProblem | undefined>(undefined);

/** Reads a dropped or chosen file of weights and lets the race start there. */
export async function openWeights(lab: Laboratory, file: File): Promise<void> {
  try {
    const { readWeightsFile } = await import("../data/readWeightsFile.js");
    const weights = await readWeightsFile(file);
    const { name, sha256 } = weights;
    fileProblem.value = undefined;
    lab.keepWeights(weights);
    const setup = lab.setup.value;
    if (isGiven(setup.init) && setup.init.facts.sha256 === sha256) lab.rewind();
    else lab.change({ ...setup, init: { file: name, facts: { sha256 } } });
  } catch (error) {
    fileProblem.value = { title: "No race can start at these weights.", ...problemOf(file, error) };
  }
}

/** Weights that were saved elsewhere begin with the length of their header, which begins with a brace. */
const isSafetensors = async (file: File): Promise<boolean> => {
  const head = new Uint8Array(await file.slice(0, 9).arrayBuffer());
  return head[8] === 0x7b && head[6] === 0 && head[7] === 0;
};

/** Opens a dropped or chosen file: starts at the weights that the race waits for, measures others, races on a table. An archive of NumPy is a table if it can be one. */
export async function openFile(lab: Laboratory, file: File): Promise<void> {
  const { init } = lab.setup.value;
  if (isGiven(init) && init.file === file.name && lab.awaited.includes(file.name)) {
    await openWeights(lab, file);
    return;
  }
  const measured = async (): Promise<Problem | undefined> => lab.measure(file.name, new Uint8Array(await file.arrayBuffer()));
  if (await isSafetensors(file)) {
    const problem =
      sizeProblem(file.size) === undefined ? await measured() : { message: `${file.name}: ${sizeProblem(file.size)}`, hint: mostSize };
    fileProblem.value = problem && { title: "These weights cannot be measured.", ...problem };
    return;
  }
  await openTable(lab, file);
  const refusal = fileProblem.value;
  if (!refusal || !/\.npz$/i.test(file.name) || sizeProblem(file.size) !== undefined) return;
  const problem = await measured();
  fileProblem.value = problem && { ...refusal, message: `${refusal.message}. Nor is it weights: ${problem.message}` };
}

/** Reads a table and races on it. */
async function openTable(lab: Laboratory, file: File): Promise<void> {
  try {
    const table = await readTableFile(file);
    const { sha256 } = table;
    fileProblem.value = undefined;
    lab.keepFile(sha256, table);
    const { data } = lab.setup.value;
    const wasAwaited = data.kind === "dropped" && data.sha256 === sha256;
    if (wasAwaited) lab.rewind();
    else lab.change(onData(lab.setup.value, { kind: "dropped", name: file.name, sha256 }));
  } catch (error) {
    fileProblem.value = { title: "This file cannot be raced on.", ...problemOf(file, error) };
  }
}

/** The fault of a file in words. @throws error  if it is of the page itself */
function problemOf({ name }: File, error: unknown): { readonly message: string; readonly hint: string } {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint ?? "" };
  const isUnloaded = error instanceof TypeError && /import/i.test(error.message); // as browsers say that a module did not come
  if (isUnloaded) return { message: `${name}: the reader of its format did not load: ${error.message}`, hint: "reload the page" };
  throw error;
}

interface DrawnProps {
  readonly lab: Laboratory;
  readonly data: RaceData;
  readonly onChange: (data: RaceData) => void;
}

function Numbers({ lab, data, onChange }: DrawnProps): VNode {
  const setup = lab.setup.value;
  return (
    <>
      {dataNumbers(data).map((key) => (
        <NumberField
          key={key}
          label={dataFieldName(key)!}
          path={`data.${key}`}
          value={data[key as keyof RaceData] as unknown as number}
          whole={isWhole("kind", data.kind, [key])}
          refuses={(number) => changeFault(setup, { ...setup, data: { ...data, [key]: number } as RaceData }, `data.${key}`)}
          onChange={(changed) => onChange({ ...data, [key]: changed } as RaceData)}
        />
      ))}
    </>
  );
}

const tableHelp =
  "Choose a table, or drop one anywhere on the page: CSV, NumPy (.npy, .npz) or Parquet, the label in the last column or in the one whose heading says so. Until then the race of before stands.";

function TableField({ lab }: { readonly lab: Laboratory }): VNode {
  const { data } = lab.setup.value;
  const name = data.kind === "dropped" ? data.name : undefined;
  return <FileField name={name} help={tableHelp} remarks={lab.fileRemarks} onChoose={(file) => openFile(lab, file)} />;
}

/** The setup in which a table was asked for; another setup ends the request. */
const askedIn = signal<RaceSetup | undefined>(undefined);

export function DataControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { data } = setup;
  const kind: Kind = askedIn.value === setup ? "dropped" : data.kind;
  const change = (changed: RaceData): void => lab.change(onData(setup, changed));
  return (
    <>
      <ChoiceField
        label="data set"
        value={kind}
        options={Object.entries(dataNames) as [Kind, string][]}
        onChange={(chosen) => {
          askedIn.value = chosen === "dropped" ? setup : undefined;
          if (chosen !== "dropped" && chosen !== data.kind) change(dataStarts[chosen as DatasetDefinition["kind"]]!);
        }}
      />
      {kind === "dropped" ? <TableField lab={lab} /> : <DrawnData lab={lab} data={data} onChange={change} />}
    </>
  );
}

const startsWithBias = ({ kind }: DatasetDefinition): boolean => {
  const start = dataStarts[kind];
  return start !== undefined && "constant" in start && start.constant !== 0;
};

/** Controls of data that the page makes itself, from numbers or by hand. */
function DrawnData({ lab, data, onChange }: DrawnProps): VNode {
  return (
    <>
      <Numbers lab={lab} data={data} onChange={onChange} />
      {"labels" in data && data.inputs.every((row) => row.length === 2) && <DrawBoard points={data} onChange={onChange} />}
      {"constant" in data && data.constant === 0 && startsWithBias(data) && (
        <p class="help">
          A bias coordinate of 1 gives each sample a third, constant input: a bias whose weight is one of the first layer's.
        </p>
      )}
      {lab.loaded.value?.data.classes === undefined && <DataDownload lab={lab} />}
    </>
  );
}
