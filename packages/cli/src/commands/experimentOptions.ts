import { availableParallelism } from "node:os";
import { DefinitionError } from "@steepest/core";
import type { Command } from "commander";
import { oneOf } from "../oneOf.js";
import { type ProgressChoice, progressChoices } from "../progress/choose.js";

/** What `run` and `reproduce` have in common. */
export interface ExperimentOptions {
  readonly set: string[];
  readonly seed: number[];
  readonly runs: string;
  readonly threads: number;
  readonly fresh: boolean;
  readonly progress: ProgressChoice;
  readonly json: boolean;
}

const collect = (value: string, before: string[]): string[] => [...before, value];

function seed(value: string, before: number[]): number[] {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number)) refuse("--seed", "an integer >= 0", value);
  return [...before, number];
}

function threads(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 1024) refuse("--threads", "an integer from 1 to 1024", value);
  return number;
}

function refuse(path: string, expectation: string, value: string): never {
  throw new DefinitionError(`${path}: must be ${expectation}, got ${value}`, { path, value });
}

export function withExperimentOptions(command: Command): Command {
  return command
    .option("--set <path=value>", "change a field of the definition (JSON value); repeatable", collect, [])
    .option("--seed <n>", "run this seed instead of the definition's; repeatable", seed, [])
    .option("--runs <dir>", "folder that keeps the runs", "runs")
    .option("--threads <n>", "worker threads; results do not depend on it", threads, availableParallelism())
    .option("--fresh", "make complete runs again instead of reusing them", false)
    .option("--progress <kind>", `on stderr: ${progressChoices.join(", ")}`, oneOf("--progress", progressChoices), "auto")
    .option("--json", "one JSON document on stdout instead of tables", false);
}
