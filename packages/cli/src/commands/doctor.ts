import { Command } from "commander";
import { browserFinding, duckdbFinding, slurmFinding } from "../doctor/companions.js";
import { dataFindings } from "../doctor/data.js";
import type { Finding } from "../doctor/finding.js";
import { addressSpaceFinding, memoryFinding, runsFinding, threadFinding } from "../doctor/machine.js";
import { kernelFinding, nodeFinding } from "../doctor/software.js";
import { exitCode } from "../exitCode.js";
import { withExamples } from "../help/withExamples.js";
import { lineWidth } from "../lineWidth.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";

/** `steepest doctor`: what of this machine matters to runs; exit code 5 when there is a problem. */
export function doctorCommand(version: string): Command {
  return withExamples(new Command("doctor"), "steepest doctor", "steepest doctor --runs /scratch/runs --json")
    .description("what of this machine matters to runs: Node, kernels, threads, memory, data, and programs that help")
    .option("--runs <dir>", "folder that is to keep the runs", "runs")
    .option("--json", "one JSON document on stdout instead of a table", false)
    .action(async ({ runs, json }: { runs: string; json: boolean }) => {
      const findings: readonly Finding[] = [
        { subject: "steepest", state: "ok", found: version },
        nodeFinding(),
        await kernelFinding(),
        threadFinding(),
        memoryFinding(),
        addressSpaceFinding(),
        runsFinding(runs),
        ...(await dataFindings()),
        browserFinding(),
        slurmFinding(),
        duckdbFinding(),
      ];
      if (json) printJson(findings);
      else {
        const rows = findings.flatMap(({ subject, state, found, hint }) => [
          [subject, state, found],
          ...(hint === undefined ? [] : [["", "", `hint: ${hint}`]]),
        ]);
        process.stdout.write(`${table(["what", "state", "found"], rows, { available: lineWidth(process.stdout) })}\n`);
      }
      process.exitCode = findings.some(({ state }) => state === "problem") ? exitCode.environment : exitCode.done;
    });
}
