import type { NetworkSubject, NormFamilySubject, NormSubject, StepSubject } from "../../src/index.js";
import { paired } from "./plainNorms.js";

/** Correct subjects in binary32, which the laws must accept with `precision: "f32"`, and must refute without it. */

const f32 = Math.fround;

/** Every entry rounded to the nearest binary32 number. */
const rounded = (x: Float64Array): Float64Array => x.map(f32);

/** In sequence, with a rounding after every operation. */
const sum = (x: Float64Array, term: (v: number) => number): number => x.reduce((total, v) => f32(total + f32(term(v))), 0);
const maxAbs = (x: Float64Array): number =>
  x.reduce((most, v) => (Number.isNaN(v) || Number.isNaN(most) ? Number.NaN : Math.max(most, Math.abs(f32(v)))), 0);
const sumAbs = (x: Float64Array): number => sum(rounded(x), Math.abs);

function euclidean(x: Float64Array): number {
  const largest = maxAbs(x);
  if (largest === 0 || Number.isNaN(largest)) return largest;
  const root = f32(
    Math.sqrt(
      sum(rounded(x), (v) => {
        const share = f32(v / largest);
        return f32(share * share);
      }),
    ),
  );
  return f32(largest * root);
}

const [linf, l1] = paired(
  {
    norm: maxAbs,
    dualNorm: sumAbs,
    lmo: (g) => rounded(g).map((v) => -Math.sign(v)),
    projectBall: (x, radius) => rounded(x).map((v) => Math.min(Math.max(v, -f32(radius)), f32(radius))),
  },
  {
    norm: sumAbs,
    dualNorm: maxAbs,
    lmo: (g) => {
      const at = g.some(Number.isNaN) ? g.findIndex(Number.isNaN) : g.findIndex((v) => Math.abs(f32(v)) === maxAbs(g));
      return g.map((v, i) => (i === at ? -Math.sign(f32(v)) : 0));
    },
    projectBall: (x, radius) => {
      if (x.some(Number.isNaN)) return x.map(() => Number.NaN);
      const sizes = rounded(x).map(Math.abs).sort().reverse();
      const r = f32(radius);
      if (sumAbs(sizes) <= r) return rounded(x);
      let total = 0;
      let threshold = 0;
      sizes.forEach((size, k) => {
        total = f32(total + size);
        const candidate = f32(f32(total - r) / (k + 1));
        if (size >= candidate) threshold = candidate;
      });
      return rounded(x).map((v) => f32(Math.sign(v) * Math.max(f32(Math.abs(v) - threshold), 0)));
    },
  },
  { invariances: ["signs", "permutations"] },
);

const euclideanBall: Pick<NormSubject, "norm" | "dualNorm" | "lmo" | "projectBall"> = {
  norm: euclidean,
  dualNorm: euclidean,
  lmo: (g) => {
    const largest = maxAbs(g);
    if (largest === 0) return new Float64Array(g.length);
    const shape = rounded(g).map((v) => f32(v / largest));
    const length = euclidean(shape);
    return shape.map((v) => f32(-v / length));
  },
  projectBall: (x, radius) => {
    const length = euclidean(x);
    if (length <= f32(radius)) return rounded(x);
    const largest = maxAbs(x);
    const ratio = f32(length / largest);
    return rounded(x).map((v) => f32(f32(f32(radius) * f32(v / largest)) / ratio));
  },
};
const [l2] = paired(euclideanBall, euclideanBall, { invariances: ["signs", "permutations", "leftOrthogonal", "rightOrthogonal"] });

/** The subject between two roundings: as accurate as binary32 can be. */
export function inFloat32(subject: NormSubject, depth = 1): NormSubject {
  const { norm, dualNorm, lmo, projectBall, prox, subgradientGap, dual } = subject;
  return {
    ...subject,
    norm: (x) => f32(norm(rounded(x))),
    dualNorm: (g) => f32(dualNorm(rounded(g))),
    lmo: (g) => rounded(lmo(rounded(g))),
    ...(projectBall && { projectBall: (x, radius) => rounded(projectBall(rounded(x), f32(radius))) }),
    ...(prox && { prox: (x, t) => rounded(prox(rounded(x), f32(t))) }),
    ...(subgradientGap && { subgradientGap: (x, z) => f32(subgradientGap(rounded(x), rounded(z))) }),
    ...(dual && depth > 0 && { dual: inFloat32(dual, depth - 1) }),
  };
}

/** l1, l2 and linf in binary32; Moreau's difference, which `paired` adds, is rounded too. */
export const float32Norms: Readonly<Record<"l1" | "l2" | "linf", NormSubject>> = {
  l1: inFloat32(l1),
  l2: inFloat32(l2),
  linf: inFloat32(linf),
};

export function networkInFloat32(subject: NetworkSubject): NetworkSubject {
  return {
    ...subject,
    scores: (theta) => rounded(subject.scores(rounded(theta))),
    gradient: (theta, coefficients) => rounded(subject.gradient(rounded(theta), rounded(coefficients))),
  };
}

export function stepInFloat32(subject: StepSubject): StepSubject {
  const { step, norm, dualNorm } = subject;
  return {
    ...subject,
    step: (theta, gradient, logRisk, eta) => rounded(step(rounded(theta), rounded(gradient), f32(logRisk), f32(eta))),
    norm: (x) => f32(norm(rounded(x))),
    dualNorm: (g) => f32(dualNorm(rounded(g))),
  };
}

export function familyInFloat32({ at }: NormFamilySubject): NormFamilySubject {
  return {
    at: (p) => {
      const { norm, dualNorm, lmo } = at(f32(p));
      return { norm: (x) => f32(norm(rounded(x))), dualNorm: (g) => f32(dualNorm(rounded(g))), lmo: (g) => rounded(lmo(rounded(g))) };
    },
  };
}

/** A recorded run or state whose every number is of binary32. */
export function recordedInFloat32<Recorded>(value: Recorded): Recorded {
  if (typeof value === "number") return f32(value) as Recorded;
  if (value instanceof Float64Array) return rounded(value) as Recorded;
  if (Array.isArray(value)) return value.map(recordedInFloat32) as Recorded;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, recordedInFloat32(member)])) as Recorded;
}
