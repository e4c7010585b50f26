import { DefinitionError } from "@steepest/core";
import { suggestion } from "@steepest/experiments";
import {
  type ArithmeticOptions,
  arithmeticOf,
  caseFromJson,
  type Precision,
  precisions,
  profiles,
  sidesText,
  violationText,
} from "@steepest/laws";
import { Command, Option } from "commander";
import { checkText } from "../check/checkText.js";
import { families, familyByLaw, familyIds } from "../check/families.js";
import type { Family } from "../check/family.js";
import { inquire } from "../check/inquire.js";
import type { Inquiry, NamedReplay } from "../check/inquiry.js";
import { isOwn } from "../check/subjects.js";
import { suggested } from "../completion/suggested.js";
import { plainJson } from "../definition/plainJson.js";
import { exitCode } from "../exitCode.js";
import { withExamples } from "../help/withExamples.js";
import { tellHost } from "../host.js";
import { interruptible } from "../interruption.js";
import { printJson } from "./experiment.js";

interface CheckCommandOptions {
  readonly family?: string;
  readonly law?: string;
  readonly profile: keyof typeof profiles;
  readonly seed: string;
  readonly subject?: string;
  readonly options?: string;
  readonly precision?: Precision;
  readonly range?: string;
  readonly patience: string;
  readonly replay?: string;
  readonly json: boolean;
}

/** Seconds of a day, the longest patience. */
const longestPatience = 86_400;

/** `steepest check`: exit code 1 when a law is violated. */
export function checkCommand(): Command {
  return withExamples(
    new Command("check"),
    "steepest check --family norms --profile ci",
    'steepest check --subject "exec:python3 mine.py" --law holder',
  )
    .description("the laws of the theory on our own core, on a module, or on a process in any language")
    .argument("[subject]", "what --subject says: ./my-norm.mjs")
    .addOption(new Option("--family <name>", "one family of laws; all by default").choices(familyIds))
    .option(
      "--law <id>",
      "one law",
      suggested(() => [...familyByLaw(families).keys()]),
    )
    .addOption(new Option("--profile <name>", "how many cases").choices(Object.keys(profiles)).default("smoke"))
    .option("--seed <n>", "equal seeds give equal cases", "1")
    .option("--subject <what>", 'a module, "exec:COMMAND", or "own:NAME" for one of our own subjects; all of those by default')
    .option("--options <json>", "of a module whose default export is a function: what it is called with")
    .addOption(
      new Option("--precision <name>", "what the subject computes in: tolerances and cases follow; f64 by default").choices(precisions),
    )
    .option("--range <smallest,largest>", "sizes of the entries to ask about, e.g. 1e-100,1e100; all of the precision by default")
    .option("--patience <seconds>", "how long a process may take to answer", "20")
    .option("--replay <json>", "evaluate --law on this one case")
    .option("--json", "one JSON document on stdout instead of a table", false)
    .action(async (target: string | undefined, given: CheckCommandOptions) => {
      const options = withTarget(target, given);
      const { law, subject } = options;
      const inquiry = inquiryOf(options);
      if (isOwn(subject)) tellHost("plain");
      const told = await interruptible((signal) => inquire(inquiry, signal));
      if (told.kind === "replayed") {
        process.stdout.write(told.results.map((result) => `${replayText(law!, result)}\n`).join(""));
        process.exitCode = told.results.every(({ slack }) => slack <= 1) ? exitCode.done : exitCode.claimFailed;
        return;
      }
      if (options.json) printJson(told.results);
      else
        process.stdout.write(`${checkText(told.results, subject, { ...arithmeticOptionsOf(options), moduleOptions: options.options })}\n`);
      process.exitCode = told.results.some(({ verdict }) => verdict === "violated") ? exitCode.claimFailed : exitCode.done;
    });
}

/** The options with the subject that was given as an argument. */
function withTarget(target: string | undefined, options: CheckCommandOptions): CheckCommandOptions {
  if (target === undefined) return options;
  if (options.subject === undefined) return { ...options, subject: target };
  throw DefinitionError.at("--subject", `and the argument ${target} cannot both be given`, { value: target });
}

function moduleOptionsOf({ options: text, subject }: CheckCommandOptions): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  if (subject === undefined || /^(own|exec):/.test(subject))
    throw DefinitionError.at("--options", "are of a module, and the subject is none", { value: text });
  const options = plainJson("--options", text);
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options as Readonly<Record<string, unknown>>;
  throw DefinitionError.at("--options", "must be a JSON object", { value: text, hint: "--options '{\"momentum\": 0.9}'" });
}

function chosenFamilies({ family: id, law }: CheckCommandOptions): readonly Family[] {
  const byLaw = familyByLaw(families);
  const ofLaw = law === undefined ? undefined : byLaw.get(law);
  if (law !== undefined && !ofLaw) {
    throw DefinitionError.at("--law", `there is no law "${law}"`, { value: law, hint: suggestion(law, [...byLaw.keys()]) });
  }
  if (ofLaw && id !== undefined && ofLaw.id !== id) {
    throw DefinitionError.at("--law", `${law} is a law of ${ofLaw.id}, got --family ${id}`, { value: law });
  }
  return ofLaw ? [ofLaw] : families.filter((family) => id === undefined || family.id === id);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 31) return seed;
  throw DefinitionError.at("--seed", `must be an integer in [0, 2147483647], got "${text}"`, { value: text });
}

function patienceOf(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds <= longestPatience) return seconds;
  throw DefinitionError.at("--patience", `must be a number of seconds in (0, ${longestPatience}], got "${text}"`, { value: text });
}

function inquiryOf(options: CheckCommandOptions): Inquiry {
  const { law, profile, subject, replay } = options;
  if (law === undefined && replay !== undefined) {
    throw DefinitionError.at("--replay", "needs --law, the law to evaluate", { value: replay });
  }
  return {
    families: chosenFamilies(options).map(({ id }) => id),
    law,
    choice: subject,
    moduleOptions: moduleOptionsOf(options),
    patienceSeconds: patienceOf(options.patience),
    replay: replay === undefined ? undefined : caseOf(replay),
    seed: seedOf(options.seed),
    profile,
    ...arithmeticOptionsOf(options),
  };
}

function arithmeticOptionsOf({ precision, range: text }: CheckCommandOptions): ArithmeticOptions {
  const range = text?.split(",").map(Number) as [number, number] | undefined;
  const options = { ...(precision !== undefined && { precision }), ...(range !== undefined && { range }) };
  try {
    if (range !== undefined && range.length !== 2) throw new TypeError("range: must be two numbers with a comma between them");
    arithmeticOf(options);
  } catch (cause) {
    throw new DefinitionError(`--${(cause as Error).message}`, { path: "--range", value: text, cause, hint: "e.g. --range 1e-100,1e100" });
  }
  return options;
}

function replayText(law: string, { name, slack, error, sides }: NamedReplay): string {
  if (error !== undefined) return `${name}: ${law} threw ${error}`;
  return `${name}: ${law} ${violationText(slack)}${sides ? `\n  ${sidesText(sides)}` : ""}`;
}

function caseOf(json: string): unknown {
  try {
    return caseFromJson(json);
  } catch (cause) {
    throw DefinitionError.at("--replay", `not valid JSON: ${(cause as Error).message}`, { value: json, cause });
  }
}
