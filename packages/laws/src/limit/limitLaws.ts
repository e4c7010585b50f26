import { type Arithmetic, dot, gamma } from "../arithmetic.js";
import { atMost, equal, type Law, vacuous, worst } from "../law.js";
import type { LimitState, LimitSubject } from "./limitSubject.js";

const paper = "Tsilivis et al., JMLR 27 (2026)";

interface At {
  readonly index: number;
}

const everyState = ({ states }: LimitSubject): At[] => states.map((_, index) => ({ index }));

/** Roundings of sums over samples and parameters, and of the powers and exponentials in between. */
function rounding({ theta, sampleMargins }: LimitState, arithmetic: Arithmetic): number {
  return gamma(4 * (theta.length + sampleMargins.length) + 64, arithmetic);
}

const least = (values: Float64Array): number => values.reduce((most, value) => Math.min(most, value), Infinity);

/** Σ wᵢ ∇qᵢ, and the sum of magnitudes behind each entry. */
function combination({ theta, marginGradients }: LimitState, weights: Float64Array): Float64Array {
  const sum = new Float64Array(theta.length);
  marginGradients.forEach((gradient, i) => {
    gradient.forEach((entry, j) => {
      sum[j]! += weights[i]! * entry;
    });
  });
  return sum;
}

/** wᵢ = e^-qᵢ / R. */
const softmax = ({ sampleMargins, logRisk }: LimitState): Float64Array => sampleMargins.map((q) => Math.exp(-q - logRisk));

/** θ̃ and s = Σ λᵢ ∇qᵢ(θ̃), with ∇q(cθ) = c^(L-1) ∇q(θ). */
function atUnitMargin(state: LimitState, degree: number): { theta: Float64Array; s: Float64Array } {
  const c = least(state.sampleMargins) ** (-1 / degree);
  return {
    theta: state.theta.map((entry) => c * entry),
    s: combination(state, state.multipliers).map((entry) => c ** (degree - 1) * entry),
  };
}

const lengthMatches: Law<LimitSubject, At> = {
  id: "multipliers-have-the-scale-of-theta",
  statement: "||Σ λᵢ ∇qᵢ(θ̃)||_* = ||θ̃||, θ̃ = θ / q_min^(1/L)",
  source: `${paper}, appendix on KKT points: λᵢ = (||θ|| / ||∇R||_*) q_min^(1-2/L) e^-qᵢ`,
  requires: ["states", "degree", "norm", "dualNorm"],
  kills: "multipliers that sum to one",
  generate: everyState,
  holds: ({ states, degree, norm, dualNorm }, { index }, arithmetic) => {
    const state = states[index]!;
    const { theta, s } = atUnitMargin(state, degree);
    const [one, other] = [dualNorm(s), norm(theta)];
    return equal(one, other, 4 * (least(state.sampleMargins) + 1) * rounding(state, arithmetic) * (one + other));
  },
};

const proportional: Law<LimitSubject, At> = {
  id: "multipliers-follow-the-margins",
  statement: "λᵢ / λⱼ = e^(qⱼ - qᵢ), and no multiplier is negative",
  source: `${paper}, appendix on KKT points`,
  requires: ["states"],
  kills: "multipliers of the logistic loss",
  generate: everyState,
  holds: ({ states }, { index }, arithmetic) => {
    const state = states[index]!;
    const weights = softmax(state);
    const total = state.multipliers.reduce((sum, value) => sum + value, 0);
    const bound = 4 * rounding(state, arithmetic) * (1 + state.sampleMargins.reduce((most, q) => Math.max(most, Math.abs(q)), 0));
    return worst(
      Array.from(state.multipliers).flatMap((value, i) => [
        atMost(0, value, 0, { part: `multiplier ${i}` }),
        equal(value / total, weights[i]!, bound, { part: `share of multiplier ${i}` }),
      ]),
    );
  },
};

const slackness: Law<LimitSubject, At> = {
  id: "slackness-bound",
  statement: "Σ λᵢ (q̃ᵢ - 1) <= n / (e softMargin^(2/L) L log(1/R)) once R < 1: complementarity dies out with the risk",
  source: `${paper}, theorem 4; Lyu & Li, ICLR 2020, lemma C.6`,
  requires: ["states", "degree", "norm"],
  kills: "multipliers of the parameters before scaling",
  generate: everyState,
  holds: ({ states, degree, norm }, { index }, arithmetic) => {
    const { theta, sampleMargins, multipliers, logRisk } = states[index]!;
    if (!(logRisk < 0)) return vacuous;
    const smallest = least(sampleMargins);
    const softMargin = -logRisk / norm(theta) ** degree;
    const bound = sampleMargins.length / (Math.E * softMargin ** (2 / degree) * degree * -logRisk);
    const complementarity = multipliers.reduce((sum, value, i) => sum + value * (sampleMargins[i]! / smallest - 1), 0);
    return atMost(complementarity, bound, 4 * rounding(states[index]!, arithmetic) * bound);
  },
};

const fenchelYoung: Law<LimitSubject, At> = {
  id: "stationarity-is-fenchel-young",
  statement: "½||θ̃||² + ½||s||_*² - <θ̃, s> = stationarity ||θ̃||², which is never negative",
  source: `${paper}, definition 26: the Bregman divergence of ½||·||²`,
  requires: ["states", "degree", "norm", "dualNorm"],
  kills: "stationarity as an angle of l2",
  generate: everyState,
  holds: ({ states, degree, norm, dualNorm }, { index }, arithmetic) => {
    const state = states[index]!;
    const { theta, s } = atUnitMargin(state, degree);
    const square = norm(theta) ** 2;
    const gap = square / 2 + dualNorm(s) ** 2 / 2 - dot(theta, s).value;
    const bound = 8 * (least(state.sampleMargins) + 1) * rounding(state, arithmetic) * (square + dot(theta, s).magnitude);
    const stationarity = state.stationarity * square;
    return worst([equal(gap, stationarity, bound), atMost(0, stationarity, bound, { part: "never negative" })]);
  },
};

const aligned: Law<LimitSubject, At> = {
  id: "gradient-aligned-with-theta",
  statement: "<θ, -∇R / R> = L Σ wᵢ qᵢ >= L log(1/R), wᵢ = e^-qᵢ / R",
  source: `${paper}, section 3, by Euler's theorem`,
  requires: ["states", "degree"],
  kills: "gradients of the scores without their labels",
  generate: everyState,
  holds: ({ states, degree }, { index }, arithmetic) => {
    const state = states[index]!;
    const weights = softmax(state);
    const product = dot(state.theta, combination(state, weights));
    const expected = degree * dot(weights, state.sampleMargins).value;
    const bound = 8 * rounding(state, arithmetic) * (1 + Math.abs(state.logRisk)) * (product.magnitude + Math.abs(expected));
    return worst([
      equal(product.value, expected, bound),
      atMost(degree * -state.logRisk, product.value, bound, { part: "L log(1/R) <= <θ, -∇R / R>" }),
    ]);
  },
};

/** Softmax, uniform and one-sample weights. */
function simplexPoints(state: LimitState): Float64Array[] {
  const n = state.sampleMargins.length;
  const vertices = Array.from({ length: n }, (_, i) => new Float64Array(n).fill(1, i, i + 1));
  return [softmax(state), new Float64Array(n).fill(1 / n), ...vertices];
}

const weakDuality: Law<LimitSubject, At> = {
  id: "weak-duality",
  statement: "L q_min <= ||θ|| ||Σ wᵢ ∇qᵢ||_* for every w of the simplex",
  source: "Hölder and Euler; for linear models the dual of the margin problem: Boyd & Vandenberghe, section 5.8",
  requires: ["states", "degree", "norm", "dualNorm"],
  kills: "margins that count a sample twice",
  generate: everyState,
  holds: ({ states, degree, norm, dualNorm }, { index }, arithmetic) => {
    const state = states[index]!;
    const value = degree * least(state.sampleMargins);
    const length = norm(state.theta);
    const bound = Math.min(...simplexPoints(state).map((weights) => length * dualNorm(combination(state, weights))));
    return atMost(value, bound, 8 * rounding(state, arithmetic) * (1 + Math.abs(state.logRisk)) * (value + bound));
  },
};

const strongDuality: Law<LimitSubject, At> = {
  id: "max-margin-between-margin-and-certificate",
  statement: "linear models: q_min / ||θ|| <= maxMargin <= ||Σ wᵢ ∇qᵢ||_* with w the softmax weights",
  source: `${paper}, section 5; the two ends meet at the optimum (strong duality)`,
  requires: ["states", "norm", "dualNorm", "maxMargin"],
  kills: "largest margin of another norm",
  generate: everyState,
  holds: ({ states, norm, dualNorm, maxMargin }, { index }, arithmetic) => {
    const state = states[index]!;
    const margin = least(state.sampleMargins) / norm(state.theta);
    const certificate = dualNorm(combination(state, softmax(state)));
    const bound = 8 * rounding(state, arithmetic) * (1 + Math.abs(state.logRisk)) * (maxMargin! + certificate);
    return worst([
      atMost(margin, maxMargin!, bound, { part: "q_min / ||θ|| <= maxMargin" }),
      atMost(maxMargin!, certificate, bound, { part: "maxMargin <= ||Σ wᵢ ∇qᵢ||_*" }),
    ]);
  },
};

/** Laws of a separating state on its way to a KKT point of the margin problem. */
export const limitLaws: readonly Law<LimitSubject>[] = [
  lengthMatches,
  proportional,
  slackness,
  fenchelYoung,
  aligned,
  weakDuality,
  strongDuality,
];
