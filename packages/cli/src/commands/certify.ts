import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type CertificateEntry, type Certification, certify, type Polished, polish, weightsText } from "@steepest/certificates";
import { DataError, DefinitionError, isSteepestError, normFromText } from "@steepest/core";
import { createEngine, type Engine, makeFolder } from "@steepest/node";
import { Command } from "commander";
import { arraysPoint, isFileOfArrays } from "../certify/arraysPoint.js";
import { type CertifiedAnswer, certifiedNotes } from "../certify/certifiedNotes.js";
import type { CertifiedPoint } from "../certify/certifiedPoint.js";
import { recordedPoint } from "../certify/recordedPoint.js";
import { weightsPoint } from "../certify/weightsPoint.js";
import { normIds } from "../completion/names.js";
import { suggested } from "../completion/suggested.js";
import { exitCode } from "../exitCode.js";
import { type Failure, failureOf, failureText } from "../failure.js";
import { withExamples } from "../help/withExamples.js";
import { tellHost } from "../host.js";
import { interruptible } from "../interruption.js";
import { wrapped } from "../lineWidth.js";
import { withMeasuredOptions } from "../measure/measuredOptions.js";
import type { MeasuredChoice } from "../measure/measuredRun.js";
import { normArgument } from "../normArgument.js";
import { table } from "../table.js";
import { writeOutput } from "../writeOutput.js";
import { printJson } from "./experiment.js";
import { collect } from "./experimentOptions.js";

interface CertifyCommandOptions extends MeasuredChoice {
  readonly norm: readonly string[];
  readonly kinks: string;
  readonly out?: string;
  readonly polish?: string;
  readonly json: boolean;
}

/** An answer, with the files that were written of it. */
interface Certified extends CertifiedAnswer {
  readonly point: CertifiedPoint;
  readonly norm: string;
  readonly files: readonly string[];
}

/** `steepest certify`: exit code 1 when one of the points has no margin, and so no certificate. */
export function certifyCommand(): Command {
  const command = withExamples(
    new Command("certify"),
    "steepest certify runs/teacher-student/gradient-s0-* --out certificates",
    "steepest certify model.safetensors --definition teacher-student-small --norm linf",
  )
    .description(
      "how near weights are to a KKT point of max-margin in a norm: bounds that are theorems, in a file that other programs can check",
    )
    .argument(
      "<target...>",
      "folders of runs, whose ends are made again where they are not kept, or files of weights: .weights.json, or .safetensors and .npz with --definition",
    );
  return withMeasuredOptions(command)
    .option(
      "--norm <norm>",
      "l2, linf, lp(3), an expression in JSON, ...; repeatable; by default that of the run's optimiser, l2 for weights",
      suggested(normIds, collect),
      [],
    )
    .option("--kinks <share>", "how near 0, of its sum of |products|, the input of a unit counts as at its kink; 0: only at 0", "0.01")
    .option("--polish <steps>", "raise the margin by up to so many programmes, certify where that leads, and say how much margin was left")
    .option("--out <dir>", "write every certificate, and its weights with their data, into this folder")
    .option("--json", "the certificates as one JSON document on stdout instead of a table", false)
    .action(async (targets: string[], options: CertifyCommandOptions) => {
      const texts = options.norm.map(normArgument);
      for (const text of texts) if (!text.includes("module(")) normFromText(text); // those of modules are known with the runs
      requireArrays(targets, options);
      const kinks = kinksOf(options.kinks);
      const steps = stepsOf(options.polish);
      tellHost("plain");
      const engine = await createEngine();
      const { answers, failed } = await interruptible(async (signal) => {
        const certified: Certified[] = [];
        const refused: Failed[] = [];
        const question: Asked = { engine, texts, kinks, steps, out: options.out, choice: options, signal };
        for (const target of targets) {
          try {
            for await (const answer of certifiedAt(target, question)) certified.push(answer);
          } catch (error) {
            if (targets.length === 1 || signal.aborted || !isSteepestError(error)) throw error;
            refused.push({ target, failure: failureOf(error) });
          }
        }
        return { answers: certified, failed: refused };
      });
      if (options.json) printJson([...answers.map(asJson), ...failed.map(failedJson)]);
      else if (answers.length > 0) process.stdout.write(`${answersText(answers)}\n`);
      process.stderr.write(failed.map(failedText).join(""));
      const isCertified = answers.every(({ certification }) => certification.kind === "certified");
      process.exitCode = failed[0]?.failure.exitCode ?? (isCertified ? exitCode.done : exitCode.claimFailed);
    });
}

/** The question that is asked of every target. */
interface Asked {
  readonly engine: Engine;
  /** Norms; none: that of the run. */
  readonly texts: readonly string[];
  readonly kinks: number;
  readonly steps: number | undefined;
  readonly out: string | undefined;
  /** The network and data of files of arrays. */
  readonly choice: MeasuredChoice;
  readonly signal: AbortSignal;
}

/** A target that was refused, beside others. */
interface Failed {
  readonly target: string;
  readonly failure: Failure;
}

/** The certificates of a target, in every norm that is asked for. Files are written as they are found. */
async function* certifiedAt(target: string, asked: Asked): AsyncGenerator<Certified> {
  const { engine, texts, kinks, steps, out, signal } = asked;
  const point = await pointOf(target, asked);
  for (const text of texts.length > 0 ? texts : [point.ownNorm ?? "l2"]) {
    const chosen = normFromText(text, point.modules);
    const norm = chosen.id;
    const question = { ...point, norm: chosen, kernels: engine.kernels, kinks, signal };
    const certification = await certify(question);
    const polished = steps === undefined || certification.kind === "noMargin" ? undefined : await polish({ ...question, steps });
    const files = [
      ...written(point, norm, certification, out),
      ...(polished ? written(polishedPoint(point, norm, polished), norm, polished.certification, out) : []),
    ];
    yield { point, norm, certification, files, ...(polished && { polished }) };
  }
}

const failedJson = ({ target, failure: { code, exitCode: exit, problems } }: Failed): unknown => ({
  target,
  kind: "failed",
  error: { code, exitCode: exit, problems },
});

/** The text of a refusal, which names the target if its message does not. */
function failedText({ target, failure }: Failed): string {
  const named = (message: string): string => (message.startsWith(target) ? message : `${target}: ${message}`);
  return failureText({ ...failure, problems: failure.problems.map((problem) => ({ ...problem, message: named(problem.message) })) });
}

async function pointOf(target: string, { engine, texts, choice, signal }: Asked): Promise<CertifiedPoint> {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats?.isFile() && isFileOfArrays(target)) return arraysPoint(target, choice, engine);
  const point = stats?.isDirectory() ? await recordedPoint(target, texts, engine, signal) : weightsPoint(target);
  if (point) return point;
  throw DataError.at(target, "does not exist", { hint: "give folders of runs, runs/<study>/<run>, or files of weights" });
}

/** Refuses options that say what arrays are of where no target has any. */
function requireArrays(targets: readonly string[], choice: MeasuredChoice): void {
  const option = (["definition", "network", "dataset", "arm", "loss", "seed"] as const).find((name) => choice[name] !== undefined);
  if (option === undefined || targets.some(isFileOfArrays)) return;
  throw DefinitionError.at(`--${option}`, "says what the arrays of a safetensors or npz file are, and none is given", {
    value: choice[option],
    hint: "folders of runs and .weights.json files have their own network and data",
  });
}

function kinksOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== "" && share >= 0 && share < 1) return share;
  throw DefinitionError.at("--kinks", `must be a number in [0, 1), got "${text}"`, { value: text });
}

function stepsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const steps = Number(text);
  if (/^\d+$/.test(text) && steps >= 1 && steps <= 1e6) return steps;
  throw DefinitionError.at("--polish", `must be an integer from 1 to 1000000, got "${text}"`, { value: text });
}

/** The weights that a polish reached, by a name of their own: they are of no run. */
function polishedPoint({ definitionHash: _, ...point }: CertifiedPoint, norm: string, { weights }: Polished): CertifiedPoint {
  return { ...point, target: `${baseName(point.target)}.polished-${plainName(norm)}`, weights };
}

const baseName = (target: string): string => basename(resolve(target)).replace(/((\.weights)?\.json|\.safetensors|\.npz)$/i, "");
const plainName = (norm: string): string => norm.replace(/[^A-Za-z0-9.]+/g, "-").replace(/-$/, "");

/** Writes a certificate beside its weights. @returns the paths */
function written(point: CertifiedPoint, norm: string, certification: Certification, folder: string | undefined): string[] {
  if (folder === undefined || certification.kind !== "certified") return [];
  makeFolder(folder);
  const name = baseName(point.target);
  const files = [
    [join(folder, `${name}.${plainName(norm)}.certificate.json`), certification.text],
    [join(folder, `${name}.weights.json`), weightsText(point, point.networkDefinition)],
  ] as const;
  for (const [path, text] of files) writeOutput(path, text);
  return files.map(([path]) => path);
}

function asJson({ point, norm, certification, polished, files }: Certified): unknown {
  const { target } = point;
  if (certification.kind === "noMargin") return { target, norm, ...certification, files };
  const { document: certificate } = certification;
  return { target, norm, kind: certification.kind, certificate, ...(polished && { polished: polishedJson(polished) }), files };
}

function polishedJson({ before, after, steps, certification }: Polished): unknown {
  return { before, after, steps, ...(certification.kind === "certified" && { certificate: certification.document }) };
}

function answersText(answers: readonly Certified[]): string {
  const rows = answers.flatMap(({ point, norm, certification, polished }) => [
    ...rowsOf(certification, basename(resolve(point.target)), norm),
    ...(polished ? rowsOf(polished.certification, "polished", norm) : []),
  ]);
  const notes = answers.flatMap(({ point, norm, ...answer }) => certifiedNotes(point.target, norm, answer));
  const files = answers.flatMap(({ files: paths }) => paths);
  return [
    table(["weights", "norm", "kinks", "kappa at least", "at most", "1 - cos^2", "slackness", "support"], rows),
    "",
    wrapped(
      "kappa = L q_min / (|theta| min |sum lambda_i grad q_i|_*) is 1 at KKT points and below elsewhere; 1 - cos^2 is the Fenchel-Young gap of the best multipliers",
    ),
    ...notes.map((note) => wrapped(note)),
    ...(files.length > 0 ? ["", "certificates", ...[...new Set(files)].map((path) => `  ${path}`)] : []),
  ].join("\n");
}

function rowsOf(certification: Certification, target: string, norm: string): string[][] {
  if (certification.kind === "noMargin") return [[target, norm, "", "no margin", "", "", "", ""]];
  return certification.document.entries.map((entry, k) => entryRow(entry, k, target, norm));
}

function entryRow(
  { kinks, kappa, fenchelYoungGap, slackness, support }: CertificateEntry,
  k: number,
  target: string,
  norm: string,
): string[] {
  const samples = new Set(support.map(({ sample }) => sample)).size;
  return [
    target,
    norm,
    k === 0 ? "at 0" : `within ${kinks}`,
    rounded(kappa[0], -1),
    kappa[1] === null ? "not known" : rounded(kappa[1], 1),
    fenchelYoungGap[1].toPrecision(4),
    slackness[1].toPrecision(4),
    `${samples} ${samples === 1 ? "sample" : "samples"}`,
  ];
}

/** A bound with nine digits, rounded downwards or upwards. */
const rounded = (bound: number, sign: 1 | -1): string => (bound + sign * Math.abs(bound) * 6e-10).toFixed(9);
