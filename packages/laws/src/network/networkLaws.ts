import fc from "fast-check";
import { type Arithmetic, dot, evaluationError } from "../arithmetic.js";
import { equal, equalEntries, type Finding, type Law, same, worst } from "../law.js";
import { groupsOf, type NetworkSubject } from "./networkSubject.js";
import { exactExponent, mostScalings, parameters, powerOfScale } from "./parameters.js";
import { largest, sampleGradients, scoreRounding } from "./sampleGradients.js";
import { permutation, rescaling } from "./symmetry.js";

const source = "Euler's theorem on homogeneous functions; Lyu & Li, ICLR 2020, section 2; Tsilivis et al., JMLR 27 (2026), section 2";

interface Scaling {
  readonly theta: Float64Array;
  /** log2 c. */
  readonly exponent: number;
}

function scalings(subject: NetworkSubject, arithmetic: Arithmetic): fc.Arbitrary<Scaling> {
  const most = mostScalings(subject, arithmetic);
  const steps = fc.integer({ min: -most, max: most }).filter((k) => k !== 0);
  return fc.record({ theta: parameters(subject, arithmetic), exponent: steps.map((k) => k * exactExponent(subject)) });
}

interface Scaled {
  readonly actual: Float64Array;
  readonly base: Float64Array;
  readonly exponent: number;
  readonly degree: number;
  /** The rounding allowed for at the size of `base`. */
  readonly rounding: number;
  readonly part?: string;
}

/** `actual` against c^degree `base`, entry by entry. */
function scalesBy({ actual, base, exponent, degree, rounding, part }: Scaled): Finding {
  const expected = base.map((value) => powerOfScale(exponent, degree, value));
  return equalEntries(actual, expected, powerOfScale(exponent, degree, rounding), { ...(part !== undefined && { part }) });
}

const structure: Law<NetworkSubject, null> = {
  id: "degree-is-sum-of-blocks",
  statement: "the blocks tile θ without gaps, and L is the sum of the degrees of their groups: frozen layers do not count",
  source,
  requires: ["degree", "blocks", "gradient"],
  kills: "network that counts a frozen layer",
  generate: () => [null],
  holds: (subject) => {
    const { degree, blocks } = subject;
    let next = 0;
    for (const { offset, length } of [...blocks].sort((a, b) => a.offset - b.offset)) {
      if (offset !== next) return same(offset, next, { part: "offset of a block" });
      next += length;
    }
    const theta = new Float64Array(next).fill(1);
    const gradient = subject.gradient(theta, new Float64Array(subject.scores(theta).length));
    const sum = groupsOf(blocks).reduce((total, group) => total + group.degree, 0);
    return worst([same(gradient.length, next, { part: "length of the gradient" }), same(sum, degree, { part: "sum of degrees" })]);
  },
};

const homogeneous: Law<NetworkSubject, Scaling> = {
  id: "scores-homogeneous",
  statement: "f(x; cθ) = c^L f(x; θ)",
  source,
  requires: ["degree", "blocks", "scores", "gradient"],
  kills: "network with a bias",
  generate: scalings,
  holds: (subject, { theta, exponent }, arithmetic) => {
    const base = subject.scores(theta);
    const actual = subject.scores(theta.map((entry) => powerOfScale(exponent, 1, entry)));
    return scalesBy({ actual, base, exponent, degree: subject.degree, rounding: scoreRounding(subject, theta, base, arithmetic) });
  },
};

const blockHomogeneous: Law<NetworkSubject, Scaling> = {
  id: "blocks-homogeneous",
  statement: "scaling group l of blocks alone by c scales the scores by c^k_l",
  source,
  requires: ["blocks", "scores", "gradient"],
  kills: "network with two blocks' degrees exchanged",
  generate: scalings,
  holds: (subject, { theta, exponent }, arithmetic) => {
    const base = subject.scores(theta);
    const rounding = scoreRounding(subject, theta, base, arithmetic);
    return worst(
      groupsOf(subject.blocks).map(({ degree, parts }, l) => {
        const moves = (i: number): boolean => parts.some(({ offset, length }) => i >= offset && i < offset + length);
        const moved = theta.map((entry, i) => (moves(i) ? powerOfScale(exponent, 1, entry) : entry));
        return scalesBy({ actual: subject.scores(moved), base, exponent, degree, rounding, part: `group ${l}` });
      }),
    );
  },
};

/** Euler's identity. Rounding is measured by Σ |θⱼ ∂f/∂θⱼ|, the largest over samples and blocks: the terms that cancel in the score. */
const euler: Law<NetworkSubject, Float64Array> = {
  id: "euler-per-block",
  statement: "<θ_l, ∂f(xᵢ)/∂θ_l> = k_l f(xᵢ; θ) for every group l of blocks and sample i",
  source,
  requires: ["blocks", "scores", "gradient"],
  kills: "gradient that passes through inactive units",
  generate: parameters,
  holds: (subject, theta, arithmetic) => {
    const scores = subject.scores(theta);
    const products = sampleGradients(subject, theta, scores.length).flatMap((gradient, i) =>
      groupsOf(subject.blocks).map(({ degree, parts }, l) => {
        const products = parts.map(({ offset, length }) =>
          dot(theta.subarray(offset, offset + length), gradient.subarray(offset, offset + length)),
        );
        return {
          value: products.reduce((sum, { value }) => sum + value, 0),
          magnitude: products.reduce((sum, { magnitude }) => sum + magnitude, 0),
          expected: degree * scores[i]!,
          part: `group ${l}, sample ${i}`,
        };
      }),
    );
    const magnitude = Math.max(largest(scores), ...products.map((product) => product.magnitude));
    const bound = evaluationError(theta.length, arithmetic) * magnitude;
    return worst(products.map(({ value, expected, part }) => equal(value, expected, bound, { part })));
  },
};

const gradientHomogeneous: Law<NetworkSubject, Scaling> = {
  id: "gradient-homogeneous",
  statement: "∇f(x; cθ) = c^(L-1) ∇f(x; θ)",
  source,
  requires: ["degree", "blocks", "scores", "gradient"],
  kills: "gradient with weight decay",
  generate: scalings,
  holds: (subject, { theta, exponent }, arithmetic) => {
    const count = subject.scores(theta).length;
    const base = sampleGradients(subject, theta, count);
    const moved = sampleGradients(
      subject,
      theta.map((entry) => powerOfScale(exponent, 1, entry)),
      count,
    );
    return worst(
      moved.map((actual, i) => {
        const rounding = evaluationError(theta.length, arithmetic) * largest(base[i]!);
        return scalesBy({ actual, base: base[i]!, exponent, degree: subject.degree - 1, rounding, part: `sample ${i}` });
      }),
    );
  },
};

const gradientLinear: Law<NetworkSubject, { theta: Float64Array; seed: number }> = {
  id: "gradient-linear",
  statement: "gradient(θ, c) = Σᵢ cᵢ ∇f(xᵢ; θ): linear in the coefficients",
  source: "definition",
  requires: ["scores", "gradient"],
  kills: "gradient that normalises its coefficients",
  generate: (subject, arithmetic) => fc.record({ theta: parameters(subject, arithmetic), seed: fc.nat(1000) }),
  holds: (subject, { theta, seed }, arithmetic) => {
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
    const bound = evaluationError(theta.length + count, arithmetic) * largest(magnitude);
    return equalEntries(subject.gradient(theta, coefficients), expected, bound);
  },
};

/** Laws of a positively homogeneous network, block by block, of its gradient, and of the symmetries of its hidden units. */
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
