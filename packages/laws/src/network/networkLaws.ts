import fc from "fast-check";
import { exactly, type Law, slack } from "../law.js";
import { dot } from "../scaling.js";
import { evaluationError } from "../tolerance.js";
import type { NetworkSubject } from "./networkSubject.js";
import { exactExponent, parameters, powerOfScale } from "./parameters.js";
import { largest, sampleGradients, scoreRounding } from "./sampleGradients.js";
import { permutation, rescaling } from "./symmetry.js";

const source = "Euler's theorem on homogeneous functions; Lyu & Li, ICLR 2020, section 2; Tsilivis et al., JMLR 27 (2026), section 2";

interface Scaling {
  readonly theta: Float64Array;
  /** log2 c. */
  readonly exponent: number;
}

function scalings(subject: NetworkSubject): fc.Arbitrary<Scaling> {
  const steps = fc.integer({ min: -4, max: 4 }).filter((k) => k !== 0);
  return fc.record({ theta: parameters(subject), exponent: steps.map((k) => k * exactExponent(subject)) });
}

/** The largest difference between `actual` and c^degree `base`, of which `rounding` is allowed for at the size of `base`. */
function scalingSlack(actual: Float64Array, base: Float64Array, exponent: number, degree: number, rounding: number): number {
  const difference = actual.map((value, i) => value - powerOfScale(exponent, degree, base[i]!));
  if (actual.length !== base.length || difference.some(Number.isNaN)) return Number.NaN;
  return slack(largest(difference), powerOfScale(exponent, degree, rounding));
}

const structure: Law<NetworkSubject, null> = {
  id: "degree-is-sum-of-blocks",
  statement: "the blocks tile θ without gaps, and L is the sum of their degrees: frozen layers do not count",
  source,
  requires: ["degree", "blocks", "gradient"],
  kills: "network that counts a frozen layer",
  generate: () => [null],
  holds: (subject) => {
    const { degree, blocks } = subject;
    let next = 0;
    for (const { offset, length } of [...blocks].sort((a, b) => a.offset - b.offset)) {
      if (offset !== next) return Infinity;
      next += length;
    }
    const theta = new Float64Array(next).fill(1);
    const gradient = subject.gradient(theta, new Float64Array(subject.scores(theta).length));
    return exactly(gradient.length === next && blocks.reduce((sum, block) => sum + block.degree, 0) === degree);
  },
};

const homogeneous: Law<NetworkSubject, Scaling> = {
  id: "scores-homogeneous",
  statement: "f(x; cθ) = c^L f(x; θ)",
  source,
  requires: ["degree", "blocks", "scores", "gradient"],
  kills: "network with a bias",
  generate: scalings,
  holds: (subject, { theta, exponent }) => {
    const base = subject.scores(theta);
    const actual = subject.scores(theta.map((entry) => powerOfScale(exponent, 1, entry)));
    return scalingSlack(actual, base, exponent, subject.degree, scoreRounding(subject, theta, base));
  },
};

const blockHomogeneous: Law<NetworkSubject, Scaling> = {
  id: "blocks-homogeneous",
  statement: "scaling block l alone by c scales the scores by c^k_l",
  source,
  requires: ["blocks", "scores", "gradient"],
  kills: "network with two blocks' degrees exchanged",
  generate: scalings,
  holds: (subject, { theta, exponent }) => {
    const base = subject.scores(theta);
    const rounding = scoreRounding(subject, theta, base);
    let worst = 0;
    for (const { offset, length, degree } of subject.blocks) {
      const moved = theta.map((entry, i) => (i >= offset && i < offset + length ? powerOfScale(exponent, 1, entry) : entry));
      const found = scalingSlack(subject.scores(moved), base, exponent, degree, rounding);
      if (!(found <= worst)) worst = found;
    }
    return worst;
  },
};

/** Rounding is measured by Σ |θⱼ ∂f/∂θⱼ|, the largest over samples and blocks: what the score is a cancelling sum of. */
const euler: Law<NetworkSubject, Float64Array> = {
  id: "euler-per-block",
  statement: "<θ_l, ∂f(xᵢ)/∂θ_l> = k_l f(xᵢ; θ) for every block l and sample i",
  source,
  requires: ["blocks", "scores", "gradient"],
  kills: "gradient that passes through inactive units",
  generate: parameters,
  holds: (subject, theta) => {
    const scores = subject.scores(theta);
    const gradients = sampleGradients(subject, theta, scores.length);
    let magnitude = largest(scores);
    let violation = 0;
    gradients.forEach((gradient, i) => {
      for (const { offset, length, degree } of subject.blocks) {
        const product = dot(theta.subarray(offset, offset + length), gradient.subarray(offset, offset + length));
        const found = Math.abs(product.value - degree * scores[i]!);
        magnitude = Math.max(magnitude, product.magnitude);
        if (!(found <= violation)) violation = found;
      }
    });
    return slack(violation, evaluationError(theta.length) * magnitude);
  },
};

const gradientHomogeneous: Law<NetworkSubject, Scaling> = {
  id: "gradient-homogeneous",
  statement: "∇f(x; cθ) = c^(L-1) ∇f(x; θ)",
  source,
  requires: ["degree", "blocks", "scores", "gradient"],
  kills: "gradient with weight decay",
  generate: scalings,
  holds: (subject, { theta, exponent }) => {
    const count = subject.scores(theta).length;
    const base = sampleGradients(subject, theta, count);
    const moved = sampleGradients(
      subject,
      theta.map((entry) => powerOfScale(exponent, 1, entry)),
      count,
    );
    let worst = 0;
    moved.forEach((gradient, i) => {
      const found = scalingSlack(gradient, base[i]!, exponent, subject.degree - 1, evaluationError(theta.length) * largest(base[i]!));
      if (!(found <= worst)) worst = found;
    });
    return worst;
  },
};

const gradientLinear: Law<NetworkSubject, { theta: Float64Array; seed: number }> = {
  id: "gradient-linear",
  statement: "gradient(θ, c) = Σᵢ cᵢ ∇f(xᵢ; θ): linear in the coefficients",
  source: "definition",
  requires: ["scores", "gradient"],
  kills: "gradient that normalises its coefficients",
  generate: (subject) => fc.record({ theta: parameters(subject), seed: fc.nat(1000) }),
  holds: (subject, { theta, seed }) => {
    const count = subject.scores(theta).length;
    const coefficients = Float64Array.from({ length: count }, (_, i) => ((seed + 7 * i) % 11) - 5);
    const expected = new Float64Array(theta.length);
    const magnitude = new Float64Array(theta.length);
    sampleGradients(subject, theta, count).forEach((gradient, i) => {
      gradient.forEach((entry, j) => {
        expected[j]! += coefficients[i]! * entry;
        magnitude[j]! += Math.abs(coefficients[i]! * entry);
      });
    });
    const difference = subject.gradient(theta, coefficients).map((value, j) => value - expected[j]!);
    if (difference.some(Number.isNaN)) return Number.NaN;
    return slack(largest(difference), evaluationError(theta.length + count) * largest(magnitude));
  },
};

/** What makes a network positively homogeneous, block by block, its gradient the gradient of that network, and its hidden units alike. */
export const networkLaws: readonly Law<NetworkSubject>[] = [
  structure,
  homogeneous,
  blockHomogeneous,
  euler,
  gradientHomogeneous,
  gradientLinear,
  permutation,
  rescaling,
];
