import { signal } from "@preact/signals";
import { probeLabel, probeOf } from "@steepest/experiments";
import type { VNode } from "preact";
import { useId, useMemo } from "preact/hooks";
import { alignRuns } from "../runFolder/alignRuns.js";
import { compareRuns } from "../runFolder/compareRuns.js";
import { mostRuns, type OpenRuns } from "../runFolder/openRuns.js";
import { armOptimizer } from "../runFolder/optimizerNames.js";
import type { OpenedRun } from "../runFolder/readRun.js";
import { type RunFiles, runFile } from "../runFolder/runFiles.js";
import { axes } from "./axis.js";
import { Chart } from "./Chart.js";
import { ChoiceField } from "./Field.js";
import { countText, tickText } from "./numberText.js";
import type { Line } from "./plotOptions.js";
import { Swatch } from "./Swatch.js";
import { dashes, themeVersion, token } from "./theme.js";
import { useOptimizerNames } from "./useOptimizerNames.js";
import { What } from "./What.js";

const chosenProbe = signal<string | undefined>(undefined);

/** "mnist-3v6: adam-0-0-1e-8 (Adam), seed 0": one experiment may hold an optimiser several times, and arms of this page are only numbered. */
const nameOf = ({ study, arm, run }: OpenedRun): string =>
  `${study === "" ? "" : `${study}: `}${arm} (${armOptimizer(run)}), seed ${run.seed}`;

function endOf({ sealed }: OpenedRun): string {
  if (!sealed) return "incomplete";
  const { kind, step } = sealed.end.outcome;
  return `${kind} at step ${countText(step)}${sealed.endHash === undefined ? " (an earlier version recorded no hash of this)" : ""}`;
}

function Openers({ open }: { readonly open: OpenRuns }): VNode {
  const id = useId();
  return (
    <div class="openers">
      <div class="field">
        <label for={id}>a run folder, or a folder of them</label>
        <input
          id={id}
          type="file"
          multiple
          ref={(input) => input?.setAttribute("webkitdirectory", "")}
          onChange={({ currentTarget }) => {
            open.openFiles(Array.from(currentTarget.files ?? [], (file) => runFile(file))).catch(reportError);
          }}
        />
      </div>
      <button type="button" disabled={open.busy.value} onClick={() => open.openServed().catch(reportError)}>
        Runs of this server
      </button>
    </div>
  );
}

/** Every run that was found, where they are more than can be shown at once. */
function Offered({ open }: { readonly open: OpenRuns }): VNode | null {
  const found = open.offered.value;
  return found.length > mostRuns ? <OfferedList open={open} found={found} /> : null;
}

function OfferedList({ open, found }: { readonly open: OpenRuns; readonly found: readonly RunFiles[] }): VNode {
  const names = useOptimizerNames(found);
  const runs = open.runs.value;
  const isFull = runs.length >= mostRuns;
  return (
    <fieldset class="offered">
      <legend>
        {found.length} runs found, up to {mostRuns} at once
      </legend>
      {found.map((files) => {
        const opened = runs.find(({ path }) => path === files.path);
        const change = (): void => {
          if (opened) open.close(opened);
          else open.openOffered(files).catch(reportError);
        };
        return (
          <label key={files.path} class="check">
            <input type="checkbox" checked={opened !== undefined} disabled={!opened && (isFull || open.busy.value)} onChange={change} />
            <span>
              {names.get(files.path)} <code>{files.path}</code>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function RunTable({ open }: { readonly open: OpenRuns }): VNode {
  return (
    <div class="table-scroll">
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">end</th>
            <th scope="col">rows</th>
            <th scope="col">
              <What id="recordedRun">SHA-256 of the rows</What>
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {open.runs.value.map((run, i) => (
            <tr key={run.path}>
              <th scope="row">
                <Swatch arm={i} /> {nameOf(run)}
              </th>
              <td>{endOf(run)}</td>
              <td>{countText(run.rows.length)}</td>
              <td>
                <code>{run.sealed?.resultHash.slice(0, 12) ?? "–"}</code>
              </td>
              <td>
                <button type="button" class="quiet" aria-label={`close ${nameOf(run)}`} onClick={() => open.close(run)}>
                  close
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Comparison({ runs: [first, ...others] }: { readonly runs: readonly OpenedRun[] }): VNode | null {
  if (!first || others.length === 0) return null;
  return (
    <div>
      <h3>Compared with {nameOf(first)}</h3>
      <ul class="compared">
        {others.map((other) => (
          <li key={other.path}>
            {nameOf(other)}: {compareRuns(first, other)}.
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The label of a probe in the first of the runs that says more than others: that its margin is one of the limit's degree. */
function labelOf(runs: readonly OpenedRun[], probe: string): string {
  return runs.map(({ run }) => probeLabel(probe, run)).reduce((most, label) => (label.length > most.length ? label : most));
}

function RunChart({ runs }: { readonly runs: readonly OpenedRun[] }): VNode {
  const probes = [...new Set(runs.flatMap(({ run }) => run.record.probes))];
  const probe =
    chosenProbe.value && probes.includes(chosenProbe.value)
      ? chosenProbe.value
      : (probes.find((name) => name.startsWith("margin.")) ?? probes[0]!);
  const logY = probeOf(probe)?.positive ?? false;
  const lines = useMemo(() => {
    const { steps, values } = alignRuns(runs, probe);
    return runs.map(
      (run, i): Line => ({
        label: nameOf(run),
        color: token(`--arm-${i}`),
        dash: dashes[i % dashes.length]!,
        width: 2,
        points: steps.flatMap((step, k): [number, number][] => {
          const value = values[i]![k];
          return value == null || step === 0 || !Number.isFinite(value) ? [] : [[step, value]];
        }),
      }),
    );
  }, [runs, probe, themeVersion.value]);
  return (
    <>
      <ChoiceField
        label="quantity"
        value={probe}
        options={probes.map((name) => [name, labelOf(runs, name)] as const)}
        onChange={(name) => (chosenProbe.value = name)}
      />
      <div class="charts charts-wide">
        <Chart title={labelOf(runs, probe)} what="recordedRun" lines={lines} x={axes.step} yText={tickText} logY={logY} />
      </div>
    </>
  );
}

/** Run folders of the command line, read and checked in this tab. */
export function RunFolders({ open }: { readonly open: OpenRuns }): VNode {
  const runs = open.runs.value;
  return (
    <section class="run-folders" aria-labelledby="runs-title">
      <div class="section-head">
        <h2 id="runs-title">Recorded runs</h2>
        <p>
          Folders that steepest run has written: checked against their hash, drawn over each other, compared bit for bit. Nothing is
          uploaded.
        </p>
      </div>
      <Openers open={open} />
      <Offered open={open} />
      {open.problems.value.map(({ message, hint }) => (
        <p key={message} class="banner refusal" role="alert">
          {message}
          {hint && <> ({hint})</>}
        </p>
      ))}
      {runs.length > 0 && (
        <>
          <RunTable open={open} />
          <Comparison runs={runs} />
          <RunChart runs={runs} />
        </>
      )}
    </section>
  );
}
