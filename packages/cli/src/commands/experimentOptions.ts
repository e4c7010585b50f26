import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ProgressChoice } from "../progress/choose.js";

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
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number)) throw new InvalidArgumentError("must be an integer >= 0.");
  return [...before, number];
}

function threads(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 1024) throw new InvalidArgumentError("must be an integer >= 1.");
  return number;
}

export function withExperimentOptions(command: Command): Command {
  return command
    .option("--set <path=value>", "change a field of the definition (JSON value); repeatable", collect, [])
    .option("--seed <n>", "run this seed instead of the definition's; repeatable", seed, [])
    .option("--runs <dir>", "folder that keeps the runs", "runs")
    .option("--threads <n>", "worker threads; results do not depend on it", threads, availableParallelism())
    .option("--fresh", "make complete runs again instead of reusing them", false)
    .addOption(new Option("--progress <kind>", "where progress goes on stderr").choices(["auto", "plain", "json", "none"]).default("auto"))
    .option("--json", "one JSON document on stdout instead of tables", false);
}
