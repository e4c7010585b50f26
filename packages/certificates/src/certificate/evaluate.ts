import type { BoundedNorm } from "../bound/boundedNorm.js";
import { dualAboveErrors } from "../bound/dualAboveErrors.js";
import { LeastProducts, productErrors } from "../clarke/leastProducts.js";
import type { CompletedProblem, Proposal } from "../clarke/proposal.js";
import type { Approximation } from "../tangent/tangentProblem.js";
import { type DirectionInput, documentDirection, type WrittenDirection } from "./direction.js";
import type { CertificateEntry, SupportMember } from "./document.js";
import { type Enclosure, product, quotient, widened } from "./enclosure.js";

/** The parts of every entry of a certificate: the problem, the norm, and θ in the scale of the problem. */
export interface Evaluation extends CompletedProblem {
  /** f64[p]: the trainable weights. */
  readonly theta: Float64Array;
  readonly degree: number;
  readonly minMargin: Enclosure;
  readonly size: Enclosure;
}

const unit = 2 ** -53;
/** Bounds of rounding errors are taken so many times, so that a checker that sums in another order stays within what is stated. */
export const generosity = 4;

/** The share by which ends are moved outwards: norms and sums of p and K terms in any order. */
export function outwardShare(size: number, terms: number): number {
  return 8 * generosity * (size + terms + 64) * unit;
}

/** [lower, upper] of the norm of x, the lower end from a direction of the dual norm's own. */
export function normEnclosure(norm: BoundedNorm, dual: BoundedNorm, x: Float64Array): Enclosure {
  const share = outwardShare(x.length, 0);
  const upper = norm.upper(x) * (1 + share);
  const u = new Float64Array(x.length);
  try {
    dual.lmo(x, u);
  } catch {
    return [norm.value(x) * (1 - share), upper]; // a norm written in TypeScript has no direction of its dual
  }
  const most = norm.dualUpper(u);
  return [most > 0 ? (-dot(x, u) / most) * (1 - share) : 0, upper];
}

/** The enclosure of a sum of absolute rounding errors around a value. */
export function around({ value, error }: Approximation): Enclosure {
  return [value - generosity * error, value + generosity * error];
}

/** The enclosure of a margin, wide enough for any order of summation over p parameters. */
export function marginEnclosure(margin: Approximation, size: number): Enclosure {
  return widened(around(margin), outwardShare(size, 0));
}

/** z = Σ λₖ ∇qₖ / Σ λₖ, entry by entry, with the bounds of its errors. */
function combination({ problem }: Evaluation, choices: Proposal["choices"]): { readonly z: Float64Array; readonly error: Float64Array } {
  const [z, error, size] = [0, 0, 0].map(() => new Float64Array(problem.size)) as [Float64Array, Float64Array, Float64Array];
  const total = choices.reduce((sum, { multiplier }) => sum + multiplier, 0);
  for (const { pair, sides, shares, multiplier } of choices) {
    const factor = multiplier / total;
    const gradient = shares ? problem.mixedGradient(pair, sides, shares) : problem.gradient(pair, sides);
    for (let j = 0; j < z.length; j++) {
      z[j]! += factor * gradient[j]!;
      size[j]! += Math.abs(factor * gradient[j]!);
    }
    const bound = problem.gradientError(pair);
    for (let j = 0; j < z.length; j++) error[j]! += factor * bound[j]!;
  }
  const share = (choices.length + 8) * unit;
  for (let j = 0; j < z.length; j++) error[j] = generosity * (error[j]! + share * size[j]!);
  return { z, error };
}

/** The entry of a certificate that a proposal proves. */
export function evaluated(evaluation: Evaluation, { choices, direction }: Proposal, tolerance: number): CertificateEntry {
  const { problem, norm, theta, degree, minMargin, size } = evaluation;
  const positive = choices.filter(({ multiplier }) => multiplier > 0);
  const used = positive.length > 0 ? positive : choices.map((choice) => ({ ...choice, multiplier: 1 })); // any multipliers are a proof
  const { z, error } = combination(evaluation, used);
  const share = outwardShare(theta.length, used.length);
  const slack = dualAboveErrors(norm, error);
  const value = norm.dualUpper(z);
  const dual: Enclosure = widened([value - slack, value + slack], share);

  const named = provenDirection(evaluation, { z, error, direction }, tolerance);
  const proven = named.lower;
  const scaledMargin: Enclosure = [degree * minMargin[0], degree * minMargin[1]];
  const [kappaLower] = widened(quotient(scaledMargin, product(size, [0, dual[1]])), 4 * unit);
  const kappaUpper = proven === undefined ? null : widened(quotient(scaledMargin, product(size, [proven, dual[1]])), 4 * unit)[1];

  const inner = around({ value: dot(z, theta), error: dotError(error, z, theta) / generosity });
  const cos = quotient(inner, product(size, dual));
  const shareOfMargins = (k: number): Enclosure => marginEnclosure(problem.margins[k]!, theta.length);
  const total = used.reduce((sum, { multiplier }) => sum + multiplier, 0);
  const indexOf = new Map(problem.pairs.map((pair, k) => [`${pair.sample}:${pair.other ?? ""}`, k]));
  const sums = used.reduce<[number, number]>(
    ([low, high], { pair, multiplier }) => {
      const q = shareOfMargins(indexOf.get(`${pair.sample}:${pair.other ?? ""}`)!);
      return [low + (multiplier / total) * q[0], high + (multiplier / total) * q[1]];
    },
    [0, 0],
  );
  const ratio = widened(quotient(sums, minMargin), share);
  return {
    kinks: tolerance,
    kappa: [kappaLower, kappaUpper],
    dualNorm: [proven ?? null, dual[1]],
    fenchelYoungGap: widened([1 - Math.min(cos[1], 1) ** 2, 1 - Math.max(cos[0], 0) ** 2], share).map((end) =>
      Math.min(Math.max(end, 0), 1),
    ) as unknown as Enclosure,
    slackness: [Math.max(ratio[0] - 1, 0), Math.max(ratio[1] - 1, 0)],
    support: used.map((choice) => supportMember(evaluation, choice)),
    direction: named.document,
  };
}

/** The better of a direction and θ itself, for which Euler's identity gives L q_min / ||θ||, with the lower end of D* that it proves. */
function provenDirection(
  evaluation: Evaluation,
  { z, error, direction }: Pick<DirectionInput, "z" | "error" | "direction">,
  tolerance: number,
): WrittenDirection & { readonly lower: number | undefined } {
  const { problem, norm, theta } = evaluation;
  const products = new LeastProducts(problem, tolerance * (1 + 2 ** -20));
  const [proposed, own] = [direction, theta].map((one) => {
    const written = documentDirection({ norm, theta, z, error, direction: one });
    return { ...written, lower: lowerEnd(evaluation, written.values, products) };
  }) as [WrittenDirection & { lower: number | undefined }, WrittenDirection & { lower: number | undefined }];
  return (proposed.lower ?? 0) > (own.lower ?? 0) ? proposed : own;
}

/** A lower end of D*: min <∇qₖ, v> / ||v|| over all pairs and all derivatives at their kinks; undefined where it is not proven to be the least. */
function lowerEnd({ problem, norm }: Evaluation, v: Float64Array, products: LeastProducts): number | undefined {
  const { values, isLeast } = products.of(v);
  if (!isLeast) return undefined;
  const errors = productErrors(problem, v);
  let least = Infinity;
  for (const [k, value] of values.entries()) least = Math.min(least, value - generosity * errors[k]!);
  const length = norm.upper(v);
  const lower = (least / length) * (1 - outwardShare(v.length, 0));
  return least > 0 && Number.isFinite(lower) ? lower : undefined;
}

function supportMember({ problem }: Evaluation, { pair, sides, shares, multiplier }: Proposal["choices"][number]): SupportMember {
  const near = problem.kinks(pair.sample, 8 * problem.gamma);
  const slopes = sides.flatMap((side, i): [number, number, number][] => {
    const { layer, unit: index, above } = side;
    const share = shares?.[i] ?? 0;
    const isComputed = share === 0 && problem.sideOf(pair.sample, side).above === above;
    if (isComputed && !near.some((kink) => kink.layer === layer && kink.unit === index)) return [];
    const { below, above: steeper } = problem.slopesOf(layer);
    const [from, to] = above ? [steeper, below] : [below, steeper];
    return [[layer, index, share === 0 ? from : share === 1 ? to : (1 - share) * from + share * to]];
  });
  return { sample: pair.sample, ...(pair.other !== undefined && { other: pair.other }), multiplier, ...(slopes.length > 0 && { slopes }) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let j = 0; j < a.length; j++) total += a[j]! * b[j]!;
  return total;
}

/** A bound of the error of <z, theta>, where that of z is known. */
function dotError(error: Float64Array, z: Float64Array, theta: Float64Array): number {
  const share = generosity * (z.length + 4) * unit;
  let total = 0;
  for (let j = 0; j < z.length; j++) total += (error[j]! + share * Math.abs(z[j]!)) * Math.abs(theta[j]!);
  return total;
}
