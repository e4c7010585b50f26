import { DefinitionError } from "@steepest/core";
import { suggestion } from "@steepest/experiments";
import { caseFromJson, checkLaws, type Law, type LawResult, type NormSubject, normLaws, profiles } from "@steepest/laws";
import { Command, Option } from "commander";
import { openSubjects } from "../check/subjects.js";
import { exitCode } from "../exitCode.js";
import { table } from "../table.js";
import { printJson } from "./experiment.js";

interface CheckCommandOptions {
  readonly law?: string;
  readonly profile: keyof typeof profiles;
  readonly seed: string;
  readonly subject?: string;
  readonly replay?: string;
  readonly json: boolean;
}

interface Checked extends LawResult {
  readonly subject: string;
}

/** `steepest check`: exit code 1 when a law is violated. */
export function checkCommand(): Command {
  return new Command("check")
    .description("the laws of norms on our own norms, on a module, or on a process in any language")
    .option("--law <id>", "one law")
    .addOption(new Option("--profile <name>", "how many cases").choices(Object.keys(profiles)).default("smoke"))
    .option("--seed <n>", "equal seeds give equal cases", "1")
    .option("--subject <what>", 'a module that exports a norm, or "exec:COMMAND"; our own norms by default')
    .option("--replay <json>", "evaluate --law on this one case")
    .option("--json", "one JSON document on stdout instead of a table", false)
    .action(async (options: CheckCommandOptions) => {
      const laws = options.law === undefined ? normLaws : [lawById(options.law)];
      const seed = seedOf(options.seed);
      const { byName, close } = await openSubjects(options.subject);
      try {
        if (options.replay !== undefined) {
          process.exitCode = replay(laws, byName, options.replay);
          return;
        }
        const results = [...byName].flatMap(([subject, norm]) =>
          checkLaws(laws, norm, { seed, profile: options.profile }).results.map((result): Checked => ({ subject, ...result })),
        );
        if (options.json) printJson(results);
        else process.stdout.write(`${resultsText(results, options.subject)}\n`);
        process.exitCode = results.some(({ verdict }) => verdict === "violated") ? exitCode.claimFailed : exitCode.done;
      } finally {
        await close();
      }
    });
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 31) return seed;
  throw new DefinitionError(`--seed: must be an integer in [0, 2147483647], got "${text}"`, { path: "--seed", value: text });
}

function lawById(id: string): Law<NormSubject> {
  const law = normLaws.find((candidate) => candidate.id === id);
  if (law) return law;
  const ids = normLaws.map((candidate) => candidate.id);
  throw new DefinitionError(`--law: there is no law "${id}"`, { path: "--law", value: id, hint: suggestion(id, ids) });
}

function replay(laws: readonly Law<NormSubject>[], subjects: ReadonlyMap<string, NormSubject>, json: string): number {
  const [law] = laws;
  if (laws.length !== 1 || !law) throw new DefinitionError("--replay: needs --law, the law to evaluate", { path: "--replay", value: json });
  const slacks = [...subjects].map(([name, subject]) => ({ name, slack: law.holds(subject, caseFromJson(json)) }));
  for (const { name, slack } of slacks) process.stdout.write(`${name}: ${law.id} is off by ${slack} times the rounding bound\n`);
  return slacks.every(({ slack }) => slack <= 1) ? exitCode.done : exitCode.claimFailed;
}

function resultsText(results: readonly Checked[], subject: string | undefined): string {
  const asked = results.filter(({ verdict }) => verdict !== "not applicable");
  const several = subject === undefined;
  const rows = asked.map((result) => [
    ...(several ? [result.subject] : []),
    result.law,
    String(result.cases),
    result.worstSlack.toPrecision(2),
    result.verdict === "holds" ? "holds" : "VIOLATED",
  ]);
  const violated = asked.filter(({ verdict }) => verdict === "violated");
  const where = subject === undefined ? "" : ` --subject ${quoted(subject)}`;
  return [
    table([...(several ? ["norm"] : []), "law", "cases", "worst slack", "verdict"], rows),
    "",
    `${asked.length - violated.length} of ${asked.length} laws hold; the slack is in units of the rounding bound`,
    ...violated.flatMap(({ subject: name, law, statement, source, counterexample, error }) => [
      "",
      `${name} violates ${law}: ${statement} [${source}]`,
      ...(error === undefined ? [] : [`  it threw        ${error}`]),
      `  counterexample  ${counterexample}`,
      `  replay          steepest check --law ${law}${where} --replay ${quoted(counterexample ?? "")}`,
    ]),
  ].join("\n");
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
