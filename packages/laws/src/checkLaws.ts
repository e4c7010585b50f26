import fc from "fast-check";
import { type Arithmetic, type ArithmeticOptions, arithmeticOf } from "./arithmetic.js";
import { caseFromJson, caseToJson } from "./caseJson.js";
import { canBeAsked, type Finding, findingOf, type Law, type Sides } from "./law.js";
import { SubjectLost } from "./subjectLost.js";

/** Random cases per law. */
export const profiles: Readonly<Record<"smoke" | "ci" | "deep", number>> = { smoke: 25, ci: 200, deep: 10_000 };

export interface CheckOptions extends ArithmeticOptions {
  /** Equal seeds give equal cases. */
  readonly seed: number;
  readonly profile: keyof typeof profiles;
}

export interface LawResult {
  readonly law: string;
  readonly statement: string;
  readonly source: string;
  /** "not applicable": the subject lacks a member that the law requires. */
  readonly verdict: "holds" | "violated" | "not applicable";
  readonly cases: number;
  /** The largest violation met, in units of the derived rounding bound; that of the counterexample if there is one. */
  readonly worstSlack: number;
  /** The smallest refuting case found, as JSON. */
  readonly counterexample?: string;
  /** Both sides of the statement on the counterexample, where the law gives them. */
  readonly sides?: Sides;
  /** A line of code that evaluates the law on the counterexample alone. */
  readonly replay?: string;
  /** The error that the subject threw, if it threw. */
  readonly error?: string;
}

export interface LawReport {
  readonly verdict: "holds" | "violated";
  readonly results: readonly LawResult[];
}

interface Measurement extends Finding {
  readonly sample: unknown;
  readonly error?: string;
}

/**
 * Asks every law of the subject. A law that does not hold is a result, not an error.
 *
 * @param laws     laws of one family
 * @param subject  the object under test
 * @param options  the seed, the profile, and the arithmetic of the subject
 * @returns one result per law, in their order
 * @throws SubjectLost  if the subject does
 * @throws TypeError    on an unknown option, or a seed, profile, precision or range without meaning
 */
export function checkLaws<Subject extends object>(
  laws: readonly Law<Subject>[],
  subject: Subject,
  { seed, profile, ...options }: CheckOptions,
): LawReport {
  const [unknown] = Object.keys(options).filter((key) => key !== "precision" && key !== "range");
  if (unknown !== undefined) throw new TypeError(`checkLaws: unknown option "${unknown}", expected seed, profile, precision or range`);
  if (!Number.isInteger(seed)) throw new TypeError(`checkLaws: seed must be an integer, got ${seed}`);
  const cases = profiles[profile];
  if (cases === undefined) throw new TypeError(`checkLaws: profile must be one of ${Object.keys(profiles).join(", ")}, got ${profile}`);
  const asking: Asking = { seed, cases, arithmetic: arithmeticOf(options) };
  const results = laws.map((law) => checkLaw(law, subject, asking));
  return { verdict: results.some(({ verdict }) => verdict === "violated") ? "violated" : "holds", results };
}

interface Asking {
  readonly seed: number;
  readonly cases: number;
  readonly arithmetic: Arithmetic;
}

/**
 * The slack of one law on one case, given as the JSON of a report.
 *
 * @param laws            laws of one family
 * @param subject         the object under test
 * @param id              id of the law
 * @param counterexample  JSON of a case
 * @param options         the arithmetic of the subject
 * @returns the violation in units of its bound: more than 1, or NaN, refutes the law
 */
export function replayLaw<Subject extends object>(
  laws: readonly Law<Subject>[],
  subject: Subject,
  id: string,
  counterexample: string,
  options: ArithmeticOptions = {},
): number {
  const law = laws.find((candidate) => candidate.id === id);
  if (!law) throw new TypeError(`replayLaw: there is no law "${id}", expected one of ${laws.map((candidate) => candidate.id).join(", ")}`);
  return findingOf(law.holds(subject, caseFromJson(counterexample), arithmeticOf(options))).slack;
}

function checkLaw<Subject extends object>(law: Law<Subject>, subject: Subject, asking: Asking): LawResult {
  const { id, statement, source } = law;
  const about = { law: id, statement, source };
  if (!canBeAsked(law, subject)) {
    return { ...about, verdict: "not applicable", cases: 0, worstSlack: 0 };
  }
  const generated = law.generate(subject, asking.arithmetic);
  const found = "length" in generated ? checkEvery(law, subject, generated, asking) : checkRandom(law, subject, generated, asking);
  const { refutation } = found;
  if (!refutation) return { ...about, verdict: "holds", cases: found.cases, worstSlack: found.worst };
  const counterexample = caseToJson(refutation.sample);
  return {
    ...about,
    verdict: "violated",
    cases: found.cases,
    worstSlack: refutation.slack,
    counterexample,
    ...(refutation.sides && { sides: refutation.sides }),
    replay: `replayLaw(laws, subject, ${JSON.stringify(id)}, ${quoted(counterexample)}${replayOptions(asking.arithmetic)})`,
    ...(refutation.error === undefined ? {} : { error: refutation.error }),
  };
}

interface Found {
  readonly cases: number;
  readonly worst: number;
  readonly refutation?: Measurement;
}

/** The finding of a law on one case. The subject is foreign code: an error that it throws refutes the law, like any other wrong answer. */
function measure<Subject>(law: Law<Subject>, subject: Subject, sample: unknown, arithmetic: Arithmetic): Measurement {
  try {
    return { sample, ...findingOf(law.holds(subject, sample, arithmetic)) };
  } catch (thrown) {
    if (thrown instanceof SubjectLost) throw thrown;
    return { sample, slack: Infinity, error: String(thrown) };
  }
}

function measureUnlessLost<Subject>(
  law: Law<Subject>,
  subject: Subject,
  sample: unknown,
  arithmetic: Arithmetic,
): Measurement | SubjectLost {
  try {
    return measure(law, subject, sample, arithmetic);
  } catch (lost) {
    return lost as SubjectLost;
  }
}

function checkRandom<Subject>(
  law: Law<Subject>,
  subject: Subject,
  samples: fc.Arbitrary<unknown>,
  { seed, cases, arithmetic }: Asking,
): Found {
  let worst = 0;
  let refutation: Measurement | undefined; // the last one met is the one that shrinking ends at
  let lost: SubjectLost | undefined; // told after the search, which would take it for a counterexample
  const property = fc.property(samples, (sample) => {
    if (lost) return true;
    const measured = measureUnlessLost(law, subject, sample, arithmetic);
    if (measured instanceof SubjectLost) {
      lost = measured;
      return true;
    }
    const holds = measured.slack <= 1;
    if (holds) worst = Math.max(worst, measured.slack);
    else refutation = measured;
    return holds;
  });
  const { numRuns } = fc.check(property, { seed, numRuns: cases });
  if (lost) throw lost;
  return { cases: numRuns, worst, ...(refutation ? { refutation } : {}) };
}

/** The worst case of a list; lists are not shrunk. */
function checkEvery<Subject>(law: Law<Subject>, subject: Subject, samples: readonly unknown[], { arithmetic }: Asking): Found {
  let worst = 0;
  let refutation: Measurement | undefined;
  for (const sample of samples) {
    const measured = measure(law, subject, sample, arithmetic);
    if (measured.slack <= worst) continue;
    worst = measured.slack;
    if (!(worst <= 1)) refutation = measured;
    if (Number.isNaN(worst)) break;
  }
  return { cases: samples.length, worst, ...(refutation ? { refutation } : {}) };
}

/** The option that makes a replay ask in the arithmetic of the check; nothing for binary64. */
function replayOptions({ precision }: Arithmetic): string {
  return precision === "f64" ? "" : `, { precision: ${JSON.stringify(precision)} }`;
}

function quoted(json: string): string {
  return `'${json.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
