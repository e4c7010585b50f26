import { availableParallelism } from "node:os";
import { DefinitionError } from "@steepest/core";
import { type Command, Option } from "commander";
import { oneOf } from "../oneOf.js";
import { type ProgressChoice, progressChoices } from "../progress/choose.js";

/** Options that `run` and `reproduce` share. */
export interface ExperimentOptions {
  readonly set: string[];
  readonly seed: number[];
  readonly runs: string;
  readonly threads: number;
  readonly fresh: boolean;
  /** Seconds; Infinity: never. */
  readonly checkpoint: number;
  readonly progress: ProgressChoice;
  readonly json: boolean;
}

const seedForm = "an integer >= 0, a range as 0-4, or a list as 0,2,5-9";

/** Most seeds; every seed is a run of every arm. */
const mostSeeds = 10_000;

/** Adds a value to those of an option that may be given again and again. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** "3", "0-4" and "0,2,7-9" */
function seeds(value: string, before: number[]): number[] {
  return [...before, ...value.split(",").flatMap((part) => seedRange(part, value))];
}

function seedRange(part: string, value: string): number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? refuse("--seed", seedForm, value);
  const [from, to] = [Number(first), Number(last)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) refuse("--seed", "integers below 2^53", value);
  if (to < from) refuse("--seed", "a range from the smaller to the larger seed", value);
  if (to - from >= mostSeeds) refuse("--seed", `a range of at most ${mostSeeds} seeds`, value);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function threads(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 1024) refuse("--threads", "an integer from 1 to 1024", value);
  return number;
}

/** "60", "0.5", "never" */
function seconds(value: string): number {
  if (value === "never") return Number.POSITIVE_INFINITY;
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number > 1e6) refuse("--checkpoint", "a number of seconds up to 1000000, or never", value);
  return number;
}

function refuse(path: string, expectation: string, value: string): never {
  throw DefinitionError.at(path, `must be ${expectation}, got ${value}`, { value });
}

export function withExperimentOptions(command: Command): Command {
  return command
    .option("--set <path=value>", "change a field of the definition (JSON value); repeatable", collect, [])
    .option("--seed <n>", "run these seeds instead of the definition's: 3, 0-4, or 0,2,7-9; repeatable", seeds, [])
    .option("--runs <dir>", "folder that keeps the runs", "runs")
    .addOption(
      new Option("--threads <n>", "worker threads; results do not depend on it")
        .argParser(threads)
        .default(availableParallelism(), "as many as this machine offers"),
    )
    .option("--fresh", "make complete runs again instead of reusing them", false)
    .addOption(
      new Option("--checkpoint <seconds>", "time between the states that a run can go on from, or never; results do not depend on it")
        .argParser(seconds)
        .default(60, "60"),
    )
    .option("--progress <kind>", `on stderr: ${progressChoices.join(", ")}`, oneOf("--progress", progressChoices), "auto")
    .option("--json", "one JSON document on stdout instead of tables", false);
}
