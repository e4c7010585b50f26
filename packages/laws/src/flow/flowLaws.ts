import { type Arithmetic, gamma } from "../arithmetic.js";
import { above, atMost, equal, type Law, same, vacuous, worst } from "../law.js";
import type { FlowPoint, FlowSubject } from "./flowSubject.js";

/** At separation the soft margin is 0 and a relative drop means nothing; the law starts here. */
const settledLogRisk = -5;

/** Roundings in a recorded margin: the loss, the norm's root and power, one division; the sums behind them are measured by the caller. */
const recordedError = (arithmetic: Arithmetic): number => gamma(64, arithmetic);

const paper = "Tsilivis et al., JMLR 27 (2026)";

interface At {
  readonly index: number;
}

const indices = ({ points }: FlowSubject): At[] => points.map((_, index) => ({ index }));
const pairs = ({ points }: FlowSubject): At[] => points.slice(1).map((_, index) => ({ index }));
const pointAt = ({ points }: FlowSubject, { index }: At): FlowPoint => points[index]!;

/** log l(0). */
const separationLogRisk = { exponential: 0, logistic: Math.log(Math.LN2) } as const;

/** q_min <= l⁻¹(R) + this. Logistic: l⁻¹(R/n) - l⁻¹(R) = log Σ e^(kR/n), k < n, is at most log n + R. */
function gap({ loss, sampleCount }: FlowSubject, { logRisk }: FlowPoint): number {
  return Math.log(sampleCount) + (loss === "logistic" ? Math.exp(logRisk) : 0);
}

/** Holds if, once the risk has settled, a reading never falls or never rises by more than relativeSlack of itself per step. */
function never(change: "falls" | "rises", reading: (point: FlowPoint) => number): Law<FlowSubject, At>["holds"] {
  return ({ points, relativeSlack }, { index }, arithmetic) => {
    const [before, after] = [points[index]!, points[index + 1]!];
    if (!(before.logRisk < settledLogRisk)) return vacuous;
    const [first, second] = [reading(before), reading(after)];
    const steps = Math.max(1, after.step - before.step);
    const bound = (steps * relativeSlack + 2 * recordedError(arithmetic)) * Math.abs(first);
    return change === "falls" ? atMost(first, second, bound) : atMost(second, first, bound);
  };
}

const monotone: Law<FlowSubject, At> = {
  id: "soft-margin-never-falls",
  statement: `once log risk < ${settledLogRisk}, the soft margin in the own norm falls by at most relativeSlack per step`,
  source: `${paper}, theorem 1, for the flow; relativeSlack is what a discrete rule adds`,
  requires: ["points", "relativeSlack"],
  kills: "run whose soft margin dips",
  generate: pairs,
  holds: never("falls", ({ softMargin }) => softMargin),
};

const lower: Law<FlowSubject, At> = {
  id: "soft-margin-below-margin",
  statement: "softMargin <= margin",
  source: `${paper}, section 3; Lyu & Li, ICLR 2020, section 4`,
  requires: ["points"],
  kills: "run whose risk is a mean",
  generate: indices,
  holds: (subject, at, arithmetic) => {
    const { softMargin, margin } = pointAt(subject, at);
    return atMost(softMargin, margin, recordedError(arithmetic) * (Math.abs(softMargin) + Math.abs(margin)));
  },
};

const upper: Law<FlowSubject, At> = {
  id: "margin-below-soft-margin-plus-log-n",
  statement: "margin <= softMargin + log n / ||θ||^L (logistic: (log n + R) / ||θ||^L)",
  source: `${paper}, section 3; Lyu & Li, ICLR 2020, section 4`,
  requires: ["points", "sampleCount", "degree", "loss"],
  kills: "run with the margin of another norm",
  generate: indices,
  holds: (subject, at, arithmetic) => {
    const point = pointAt(subject, at);
    const { softMargin, margin, norm } = point;
    const room = gap(subject, point) / norm ** subject.degree;
    return atMost(margin, softMargin + room, recordedError(arithmetic) * (Math.abs(softMargin) + Math.abs(margin) + room));
  },
};

const consistent: Law<FlowSubject, At> = {
  id: "soft-margin-from-log-risk",
  statement: "softMargin ||θ||^L = l⁻¹(R)",
  source: `${paper}, section 3`,
  requires: ["points", "degree", "loss"],
  kills: "run with another degree in the denominator",
  generate: indices,
  holds: (subject, at, arithmetic) => {
    const { logRisk, softMargin, norm } = pointAt(subject, at);
    const inverse = subject.loss === "exponential" ? -logRisk : inverseLogistic(logRisk);
    return equal(softMargin * norm ** subject.degree, inverse, recordedError(arithmetic) * (subject.degree + 1) * (Math.abs(inverse) + 1));
  },
};

function inverseLogistic(logRisk: number): number {
  if (logRisk < -36) return -logRisk;
  const risk = Math.exp(logRisk);
  return risk > 36 ? -risk : -Math.log(Math.expm1(risk));
}

const separated: Law<FlowSubject, At> = {
  id: "separated-has-positive-margin",
  statement: "R < l(0) implies that every sample is classified correctly",
  source: `${paper}, section 3: the t₀ of the theorems`,
  requires: ["points", "loss"],
  kills: "run whose log risk ignores a sample",
  generate: indices,
  holds: (subject, at) => {
    const { logRisk, margin, softMargin } = pointAt(subject, at);
    if (!(logRisk < separationLogRisk[subject.loss])) return vacuous;
    return worst([above(margin, 0, { part: "margin" }), above(softMargin, 0, { part: "softMargin" })]);
  },
};

const finite: Law<FlowSubject, At> = {
  id: "points-finite",
  statement: "every recorded quantity is a finite number, however small the risk",
  source: "a run in the log domain reaches e^-10000 without a NaN",
  requires: ["points"],
  kills: "run that forms the risk itself",
  generate: indices,
  holds: (subject, at) => {
    const { logRisk, softMargin, margin, norm } = pointAt(subject, at);
    const difference = ([part, value]: [string, number]) => same(value - value, 0, { part: `${part} - ${part}` }); // NaN for what is not finite
    return worst(Object.entries({ logRisk, softMargin, margin, norm }).map(difference));
  },
};

const falling: Law<FlowSubject, At> = {
  id: "log-risk-never-rises",
  statement: `once log risk < ${settledLogRisk}, it rises by at most relativeSlack of itself per step`,
  source: `${paper}, section 3: R is a Lyapunov function of the flow; relativeSlack is what a discrete rule adds`,
  requires: ["points", "relativeSlack"],
  kills: "run whose risk bounces",
  generate: pairs,
  holds: never("rises", ({ logRisk }) => logRisk),
};

const angle: Law<FlowSubject, At> = {
  id: "alignment-in-unit-interval",
  statement: "once separated, 0 < <θ / ||θ||, -∇R / ||∇R||_*> <= 1",
  source: `${paper}, theorem 1`,
  requires: ["points", "loss"],
  applies: ({ points }) => points[0]?.alignment !== undefined,
  kills: "run whose alignment is of another norm",
  generate: indices,
  holds: (subject, at, arithmetic) => {
    const { logRisk, alignment } = pointAt(subject, at);
    if (!(logRisk < separationLogRisk[subject.loss])) return vacuous;
    return worst([above(alignment!, 0), atMost(alignment!, 1, recordedError(arithmetic))]);
  },
};

const aligned: Law<FlowSubject, At> = {
  id: "alignment-inequality",
  statement: "<θ, -∇R / R> >= L log(1/R) once separated (logistic: L g(z) / g'(z), z = log(1/R), g the inverse of -log l)",
  source: `${paper}, section 3; Lyu & Li, ICLR 2020, lemma B.5`,
  requires: ["points", "degree", "loss"],
  applies: ({ points }) => points[0]?.alignment !== undefined && points[0].gradientNorm !== undefined,
  kills: "run whose gradient is of the mean risk",
  generate: indices,
  holds: (subject, at, arithmetic) => {
    const { logRisk, alignment, gradientNorm, norm } = pointAt(subject, at);
    if (!(logRisk < separationLogRisk[subject.loss])) return vacuous;
    const least = subject.degree * (subject.loss === "exponential" ? -logRisk : logisticAlignment(logRisk));
    const product = alignment! * norm * gradientNorm!;
    return atMost(least, product, 4 * recordedError(arithmetic) * (1 + Math.abs(logRisk)) * (Math.abs(product) + least));
  },
};

/** g(z) / g'(z) = -log(expm1(R)) expm1(R) / (R e^R) at R = e^logRisk. */
function logisticAlignment(logRisk: number): number {
  const risk = Math.exp(logRisk);
  const ratio = risk < 1e-16 ? 1 : Math.expm1(risk) / (risk * Math.exp(risk));
  return inverseLogistic(logRisk) * ratio;
}

/** Laws of a recorded run of steepest descent in its own norm. */
export const flowLaws: readonly Law<FlowSubject>[] = [monotone, falling, lower, upper, consistent, separated, angle, aligned, finite];
