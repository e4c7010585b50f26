import { signal } from "@preact/signals";
import type { DatasetDefinition } from "@steepest/experiments";
import type { VNode } from "preact";
import { useId } from "preact/hooks";
import { readTableFile } from "../data/readTable.js";
import { TableError } from "../data/tableError.js";
import type { Laboratory } from "../lab/laboratory.js";
import { dataNames, dataStarts } from "../setup/choices.js";
import type { RaceData } from "../setup/raceSetup.js";
import { DrawBoard } from "./DrawBoard.js";
import { ChoiceField, NumberField } from "./Field.js";

type Kind = keyof typeof dataNames;

/** What was wrong with the last file; shown as a banner, since a file may be dropped anywhere. */
export const fileProblem = signal<{ readonly message: string; readonly hint: string } | undefined>(undefined);

/** Reads a dropped or chosen table and races on it. */
export async function openTable(lab: Laboratory, file: File): Promise<void> {
  try {
    const { samples, sha256 } = await readTableFile(file);
    fileProblem.value = undefined;
    lab.keepFile(sha256, samples);
    const { data } = lab.setup.value;
    const wasAwaited = data.kind === "file" && data.sha256 === sha256;
    if (wasAwaited) lab.rewind();
    else lab.change({ ...lab.setup.value, data: { kind: "file", name: file.name, sha256 } });
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    fileProblem.value = { message: error.message, hint: error.hint };
  }
}

const labels: Readonly<Record<string, string>> = {
  trainSize: "samples",
  noise: "noise",
  constant: "bias coordinate",
  inputDim: "dimension",
  teacherWidth: "teacher's units",
  nonzerosPerNeuron: "nonzeros per unit",
  minTeacherScore: "least |teacher score|",
};
const whole = new Set(["trainSize", "inputDim", "teacherWidth", "nonzerosPerNeuron"]);

function Numbers({ data, onChange }: { readonly data: RaceData; readonly onChange: (data: RaceData) => void }): VNode {
  const numbers = Object.entries(data).filter(([key, value]) => typeof value === "number" && key in labels);
  return (
    <>
      {numbers.map(([key, value]) => (
        <NumberField
          key={key}
          label={labels[key]!}
          value={value as number}
          whole={whole.has(key)}
          onChange={(changed) => onChange({ ...data, [key]: changed } as RaceData)}
        />
      ))}
    </>
  );
}

function TableField({ lab }: { readonly lab: Laboratory }): VNode {
  const id = useId();
  const { data } = lab.setup.value;
  return (
    <div class="field table">
      <label for={id}>{data.kind === "file" ? `file: ${data.name}` : "file"}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.npy,text/csv"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) openTable(lab, file).catch(reportError);
        }}
      />
    </div>
  );
}

const chosenKind = signal<Kind | undefined>(undefined);

export function DataControls({ lab }: { readonly lab: Laboratory }): VNode {
  const setup = lab.setup.value;
  const { data } = setup;
  const kind = chosenKind.value ?? data.kind;
  const change = (changed: RaceData): void => lab.change({ ...setup, data: changed });
  return (
    <>
      <ChoiceField
        label="data set"
        value={kind}
        options={Object.entries(dataNames) as [Kind, string][]}
        onChange={(chosen) => {
          chosenKind.value = chosen === "file" ? "file" : undefined;
          if (chosen !== "file") change(dataStarts[chosen as DatasetDefinition["kind"]]);
        }}
      />
      {(kind === "file" || data.kind === "file") && <TableField lab={lab} />}
      <Numbers data={data} onChange={change} />
      {data.kind === "points" && data.inputs.every((row) => row.length === 2) && <DrawBoard points={data} onChange={change} />}
      {"constant" in data && data.constant === 0 && data.kind !== "separable" && (
        <p class="help">Networks here have no biases. A bias coordinate of 1 gives each sample a third, constant input in their place.</p>
      )}
    </>
  );
}
