import { Command } from "commander";
import { exitCode } from "../exitCode.js";
import { withExamples } from "../help/withExamples.js";
import { wrapped } from "../lineWidth.js";
import { endText } from "../report.js";
import { type ChangedMember, changedMembers, type RowsDifference, rowsDifference } from "../runs/difference.js";
import { type ReadRun, readRun } from "../runs/readRun.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";

/** `steepest diff`: exit code 1 when rows differ. */
export function diffCommand(): Command {
  return withExamples(
    new Command("diff"),
    "steepest diff runs/mine/gradient-s0-0123456789ab runs/mine/gradient-s1-ba9876543210",
    "steepest diff here/mine/gradient-s0-0123456789ab there/mine/gradient-s0-0123456789ab --json",
  )
    .description("two runs: where their definitions differ, and the first step and probe at which their rows do; exit code 1 when rows do")
    .argument("<a>", "the folder of a run")
    .argument("<b>", "the folder of another")
    .option("--json", "one JSON document on stdout instead of tables", false)
    .action((first: string, second: string, { json }: { json: boolean }) => {
      const [a, b] = [readRun(first), readRun(second)];
      const definition = changedMembers(a.run, b.run);
      const environment = changedMembers(a.environment, b.environment);
      const rows = rowsDifference(a.rows, b.rows);
      if (json) printJson({ definition, environment, ends: [a.end, b.end], rows });
      else
        process.stdout.write(
          `${[...members("definition", definition), ...members("environment", environment), ...ends(a, b), ...rowsText(rows)].join("\n")}\n`,
        );
      process.exitCode = isEqual(rows) ? exitCode.done : exitCode.claimFailed;
    });
}

const isEqual = ({ alone, probesAlone, changed }: RowsDifference): boolean =>
  changed.length === 0 && [...alone, ...probesAlone.map(({ length }) => length)].every((count) => count === 0);

function members(name: string, changes: readonly ChangedMember[]): string[] {
  if (changes.length === 0) return [`${name}: equal`, ""];
  const text = (value: unknown): string => (value === undefined ? "-" : JSON.stringify(value));
  return [
    table(
      [name, "a", "b"],
      changes.map(({ path, values: [a, b] }) => [path, text(a), text(b)]),
    ),
    "",
  ];
}

function ends(a: ReadRun, b: ReadRun): string[] {
  const text = ({ end }: ReadRun): string => (end ? endText(end.outcome) : "not complete");
  return [text(a) === text(b) ? `both ended: ${text(a)}` : `a ended: ${text(a)}; b: ${text(b)}`, ""];
}

function rowsText(rows: RowsDifference): string[] {
  const { common, alone, probesAlone, changed } = rows;
  const only = ["a", "b"].flatMap((side, i) => [
    ...(alone[i]! > 0 ? [`${alone[i]} rows of steps that only ${side} has`] : []),
    ...(probesAlone[i]!.length > 0 ? [wrapped(`probes that only ${side} has: ${probesAlone[i]!.join(", ")}`)] : []),
  ]);
  if (changed.length === 0) return [`rows: ${common} steps in common, equal bit for bit`, ...only];
  return [
    `rows: ${common} steps in common, first different at step ${changed[0]!.step} in ${changed[0]!.probe}`,
    ...only,
    "",
    table(
      ["probe", "first at step", "a", "b", "largest |a - b|", "at step"],
      changed.map(({ probe, step, values: [a, b], largest }) => [
        probe,
        String(step),
        exactText(a),
        exactText(b),
        largest ? largest.difference.toPrecision(3) : "-",
        largest ? String(largest.step) : "-",
      ]),
    ),
  ];
}

/** A number with all its digits, -0 and NaN included. */
const exactText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));
