import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DefinitionError } from "@steepest/core";
import { probeFigure, probeOf, probes } from "@steepest/experiments";
import { csvText } from "@steepest/formats";
import { makeFolder } from "@steepest/node";
import { Command } from "commander";
import { suggested } from "../completion/suggested.js";
import { exitCode } from "../exitCode.js";
import { writeFigure } from "../figureFiles.js";
import { figureMark, requireOwnFigure } from "../figureOwner.js";
import { withExamples } from "../help/withExamples.js";
import { interruptible } from "../interruption.js";
import { oneOf } from "../oneOf.js";
import { readRuns } from "../runs/readRuns.js";
import { writeOutput } from "../writeOutput.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

interface FigureCommandOptions {
  readonly x: string;
  readonly y: string[];
  readonly scale?: "linear" | "log" | "symlog";
  readonly out: string;
  readonly force: boolean;
  readonly title?: string;
  readonly json: boolean;
}

const scales = ["linear", "log", "symlog"] as const;
const probeNames = (): string[] => [...probes.keys()];

/** True for a word that names a probe and no file: it stands behind the first of --y. */
const isProbe = (word: string): boolean => probeOf(word) !== undefined && !existsSync(word);

/** `steepest figure`: any recorded probe over any other, as SVG, PNG and CSV. */
export function figureCommand(): Command {
  return withExamples(
    new Command("figure"),
    "steepest figure runs/teacher-student --y margin.linf margin.l2",
    "steepest figure runs/mine/*-s0-* --x logRisk --y kkt.stationarity.l2 --out kkt",
  )
    .description("any recorded probe over any other, of runs or whole studies: mean and range over seeds, as SVG, PNG and CSV")
    .argument("<run...>", "folders of runs, runs/<study>/<run>, or of studies")
    .option(
      "--x <probe>",
      "the axis below: step, logRisk (drawn as its negative), or any recorded probe",
      suggested(() => ["step", ...probeNames()]),
      "step",
    )
    .requiredOption("--y <probe>", "a recorded probe, or several after one another; each is a panel", suggested(probeNames, collect))
    .option("--scale <kind>", `axes of the values, ${scales.join(", ")}; by default what fits them`, oneOf("--scale", scales))
    .option("--out <path>", "path of the files without their ending", "figure")
    .option("--force", "replace files that are no figure of runs of the same study", false)
    .option("--title <text>", "the title; by default the runs' study")
    .option("--json", "the paths as one JSON document on stdout", false)
    .action(async (named: string[], options: FigureCommandOptions) => {
      const targets = named.filter((name) => !isProbe(name));
      const runs = readRuns(targets);
      const empty = runs.find(({ rows }) => rows.length === 0);
      if (empty) throw DefinitionError.at(empty.path, "has no row yet", { hint: "leave it out, or wait for its first row" });
      const mark = figureMark(runs);
      if (!options.force) requireOwnFigure(options.out, mark);
      const title = options.title ?? [...new Set(runs.map(({ study }) => study))].join(", ");
      const { x, scale, out } = options;
      const y = [...options.y, ...named.filter(isProbe)];
      const drawable = runs.map(({ end, ...run }) => ({ ...run, perfectAccuracyStep: undefined, separationStep: undefined, ...end }));
      const { spec, columns, rows } = probeFigure(drawable, { title, x, y, scale });
      const table = `${out}.csv`;
      makeFolder(dirname(out));
      writeOutput(table, csvText(columns, rows));
      const { paths, problem, code } = await interruptible((signal) => writeFigure(spec, dirname(out), basename(out), { signal, mark }));
      if (problem !== undefined) process.stderr.write(`warning ${problem}\n`);
      if (options.json) printJson({ paths: [...paths, table], ...(problem !== undefined && { problem }) });
      else process.stdout.write(`${[...paths, table].join("\n")}\n`);
      process.exitCode = code === exitCode.done && problem !== undefined ? exitCode.claimFailed : code;
    });
}
