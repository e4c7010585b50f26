import { type ArithmeticOptions, sidesText, slackText } from "@steepest/laws";
import { table } from "../table.js";
import { arithmeticHints } from "./arithmeticHint.js";
import type { Checked } from "./family.js";

/**
 * Results as a table and the violations in full: a row per law if one subject or one law was asked, else a row per subject.
 *
 * @param choice  what --subject said
 * @param options  what --precision, --range and --options said
 */
export function checkText(
  results: readonly Checked[],
  choice: string | undefined,
  { moduleOptions, ...options }: ArithmeticOptions & { readonly moduleOptions?: string | undefined },
): string {
  const where = moduleOptions === undefined ? "" : ` --options ${quoted(moduleOptions)}`;
  const asked = results.filter(({ verdict }) => verdict !== "not applicable");
  const violated = asked.filter(({ verdict }) => verdict === "violated");
  const several = bySubject(asked).length > 1;
  const severalLaws = new Set(asked.map(({ law }) => law)).size > 1;
  return [
    several && severalLaws ? subjectTable(asked) : lawTable(asked, several),
    "",
    `${asked.length - violated.length} of ${asked.length} laws hold; the slack is in units of the rounding bound`,
    ...arithmeticHints(violated, options),
    ...violated.flatMap((result) => ["", ...violationLines(result, choice, `${where}${arithmeticWords(options)}`)]),
  ].join("\n");
}

function lawTable(asked: readonly Checked[], several: boolean): string {
  return table(
    [...(several ? ["subject"] : []), "law", "cases", "worst slack", "verdict"],
    asked.map((result) => [
      ...(several ? [result.subject] : []),
      result.law,
      String(result.cases),
      slackText(result.worstSlack),
      shownVerdict([result]),
    ]),
  );
}

function subjectTable(asked: readonly Checked[]): string {
  const groups = bySubject(asked);
  return table(
    ["family", "subject", "laws", "cases", "worst slack", "verdict"],
    groups.map((group) => [
      group[0]!.family,
      group[0]!.subject,
      String(group.length),
      String(group.reduce((sum, { cases }) => sum + cases, 0)),
      slackText(Math.max(...group.map(({ worstSlack }) => worstSlack))),
      shownVerdict(group),
    ]),
  );
}

function bySubject(results: readonly Checked[]): Checked[][] {
  const groups = new Map<string, Checked[]>();
  for (const result of results) {
    const key = `${result.family} ${result.subject}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()];
}

function shownVerdict(group: readonly Checked[]): string {
  const violated = group.filter(({ verdict }) => verdict === "violated").length;
  if (violated === 0) return "holds";
  return group.length === 1 ? "VIOLATED" : `${violated} VIOLATED`;
}

function violationLines(result: Checked, choice: string | undefined, words: string): string[] {
  const { subject, law, statement, source, counterexample, error, sides } = result;
  const where = choice ?? `own:${subject}`;
  return [
    `${subject} violates ${law}: ${statement} [${source}]`,
    ...(error === undefined ? [] : [`  it threw        ${error}`]),
    ...(sides && error === undefined ? [`  it gave         ${sidesText(sides)}`] : []),
    `  counterexample  ${counterexample}`,
    `  replay          steepest check --law ${law} --subject ${quoted(where)}${words} --replay ${quoted(counterexample ?? "")}`,
  ];
}

function arithmeticWords({ precision, range }: ArithmeticOptions): string {
  return `${precision === undefined ? "" : ` --precision ${precision}`}${range === undefined ? "" : ` --range ${range.join(",")}`}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
