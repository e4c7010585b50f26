import fc from "fast-check";
import { shapes } from "../arbitrary/vectors.js";
import { type Arithmetic, dot } from "../arithmetic.js";
import { equal, equalEntries, type Finding, type Law, sameEntries } from "../law.js";
import { roundingOf } from "../norm/normSubject.js";
import type { StepSubject } from "./stepSubject.js";

const source = "Tsilivis et al., JMLR 27 (2026), section 2: steepest descent and its normalised form";

interface Step {
  readonly gradient: Float64Array;
  /** log R, moderate: e^logRisk is a number here. */
  readonly logRisk: number;
  readonly eta: number;
}

/** Below, entries are 0: scaling them by a power of two must be exact. About 1e-200 in binary64. */
const smallestEntry = ({ smallestNormal }: Arithmetic): number => 2 ** (0.65 * smallestNormal);

/** Steps start at θ = 0 where the law is about the displacement, which is then not rounded against θ. */
function steps(domain: StepSubject, arithmetic: Arithmetic): fc.Arbitrary<Step> {
  const smallest = smallestEntry(arithmetic);
  return fc.record({
    gradient: shapes(domain, arithmetic)
      .map((g) => g.map((entry) => (Math.abs(entry) < smallest ? 0 : entry)))
      .filter((g) => g.some((entry) => Math.abs(entry) > 1e-6)),
    logRisk: fc.integer({ min: -20, max: 2 }),
    eta: fc.integer({ min: 1, max: 64 }).map((units) => units / 32),
  });
}

function displacement({ step }: StepSubject, { gradient, logRisk, eta }: Step): Float64Array {
  return step(new Float64Array(gradient.length), gradient, logRisk, eta);
}

/** η, or η ||∇R||_*. */
function lengthOfStep({ normalized, dualNorm }: StepSubject, { gradient, logRisk, eta }: Step): number {
  return normalized ? eta : eta * Math.exp(logRisk) * dualNorm(gradient);
}

/** Entry by entry, up to rounding at the size of the largest one. */
function agreement(subject: StepSubject, one: Float64Array, other: Float64Array, arithmetic: Arithmetic): Finding {
  const size = [one, other].reduce((most, x) => x.reduce((top, entry) => Math.max(top, Math.abs(entry)), most), 0);
  return equalEntries(one, other, 4 * roundingOf(subject, one.length, arithmetic) * size);
}

const length: Law<StepSubject, Step> = {
  id: "step-has-its-length",
  statement: "norm(θ' - θ) = η for a normalised rule, η ||∇R||_* otherwise, in the rule's own norm",
  source,
  requires: ["step", "norm", "dualNorm"],
  kills: "step of the mean gradient",
  generate: steps,
  holds: (subject, sample, arithmetic) => {
    const expected = lengthOfStep(subject, sample);
    const found = subject.norm(displacement(subject, sample));
    return equal(found, expected, 4 * roundingOf(subject, sample.gradient.length, arithmetic) * (found + expected));
  },
};

const descends: Law<StepSubject, Step> = {
  id: "step-descends-steepest",
  statement: "<∇R, θ' - θ> = -||θ' - θ|| ||∇R||_*: nothing of this length descends faster",
  source,
  requires: ["step", "dualNorm"],
  kills: "step along the direction of another norm",
  generate: steps,
  holds: (subject, sample, arithmetic) => {
    const { value, magnitude } = dot(sample.gradient, displacement(subject, sample));
    const expected = lengthOfStep(subject, sample) * subject.dualNorm(sample.gradient);
    return equal(value, -expected, 4 * roundingOf(subject, sample.gradient.length, arithmetic) * (magnitude + expected));
  },
};

const scaling: Law<StepSubject, Step & { readonly power: number }> = {
  id: "step-under-scaling",
  statement: "multiplying the gradient by c > 0 changes nothing for a normalised rule and multiplies the step by c otherwise",
  source,
  requires: ["step", "normalized"],
  kills: "normalised step with an epsilon",
  generate: (domain, arithmetic) => {
    const { min, max } = arithmetic.exponents;
    const powers = fc.integer({ min: Math.max(-30, min), max: Math.min(30, max) });
    return fc.tuple(steps(domain, arithmetic), powers).map(([step, power]) => ({ ...step, power }));
  },
  holds: (subject, { power, ...sample }, arithmetic) => {
    const c = 2 ** power;
    const factor = subject.normalized ? 1 : c;
    const base = displacement(subject, sample).map((entry) => factor * entry);
    return agreement(subject, displacement(subject, { ...sample, gradient: sample.gradient.map((entry) => c * entry) }), base, arithmetic);
  },
};

const frame: Law<StepSubject, Step & { readonly power: number }> = {
  id: "step-in-any-frame",
  statement: "only e^logRisk · gradient counts: c · gradient at logRisk - log c is the same step",
  source: "the gradient of a risk of e^-10000 is kept as a number of moderate size and a logarithm",
  requires: ["step", "normalized"],
  kills: "step that forgets the risk",
  generate: (domain, arithmetic) =>
    fc.tuple(steps(domain, arithmetic), fc.integer({ min: -9, max: 9 })).map(([step, power]) => ({ ...step, power })),
  holds: (subject, { power, ...sample }, arithmetic) => {
    const gradient = sample.gradient.map((entry) => 2 ** power * entry);
    const moved = { ...sample, gradient, logRisk: sample.logRisk - power * Math.LN2 };
    return agreement(subject, displacement(subject, moved), displacement(subject, sample), arithmetic);
  },
};

const tiny: Law<StepSubject, Step> = {
  id: "step-at-tiny-risk",
  statement: "a normalised step is the same at a risk of e^-10000",
  source: "a rule that forms the risk itself stops moving at about e^-745",
  requires: ["step", "normalized"],
  applies: ({ normalized }) => normalized,
  kills: "normalised step that forms the gradient",
  generate: steps,
  holds: (subject, sample, arithmetic) =>
    agreement(subject, displacement(subject, { ...sample, logRisk: -10_000 }), displacement(subject, sample), arithmetic),
};

const linear: Law<StepSubject, Step> = {
  id: "step-linear-in-eta",
  statement: "twice the step size is twice the step",
  source,
  requires: ["step"],
  kills: "step with a cap on its length",
  generate: steps,
  holds: (subject, sample, arithmetic) => {
    const twice = displacement(subject, sample).map((entry) => 2 * entry);
    return agreement(subject, displacement(subject, { ...sample, eta: 2 * sample.eta }), twice, arithmetic);
  },
};

interface From {
  readonly theta: Float64Array;
  readonly step: Step;
}

const anywhere: Law<StepSubject, From> = {
  id: "step-forgets-where-it-is",
  statement: "θ' - θ does not depend on θ",
  source,
  requires: ["step"],
  kills: "step with weight decay",
  generate: (domain, arithmetic) =>
    fc
      .tuple(steps(domain, arithmetic), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 }))
      .map(([step, draws]) => ({
        theta: step.gradient.map((_, i) => draws[i % draws.length]!),
        step,
      })),
  holds: (subject, { theta, step }, arithmetic) => {
    const { gradient, logRisk, eta } = step;
    const from = subject.step(theta, gradient, logRisk, eta);
    const moved = displacement(subject, step).map((entry, i) => theta[i]! + entry);
    return agreement(subject, from, moved, arithmetic);
  },
};

const still: Law<StepSubject, Float64Array> = {
  id: "step-of-zero-gradient",
  statement: "a gradient of 0 moves nothing",
  source: "the tie rule of this project: lmo(0) = 0",
  requires: ["step"],
  kills: "step that moves without a gradient",
  generate: ({ dimension }) => (dimension === undefined ? [1, 2, 5, 8, 9] : [dimension]).map((count) => new Float64Array(count).fill(3)),
  holds: ({ step }, theta) => sameEntries(step(theta, new Float64Array(theta.length), -1, 0.5), theta, false),
};

/** Laws of one step of steepest descent, in its own norm. */
export const stepLaws: readonly Law<StepSubject>[] = [length, descends, scaling, frame, tiny, linear, anywhere, still];
