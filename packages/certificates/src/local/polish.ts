import { normShape } from "@steepest/core";
import { boundedNorm } from "../bound/boundedNorm.js";
import { type Certification, type CertifyOptions, certify, checkCertifiable, trainableOf, withTrainable } from "../certificate/certify.js";
import { scaled, timesPower } from "../certificate/scaled.js";
import { completed } from "../clarke/completed.js";
import { withLentMemory } from "../memory/lentMemory.js";
import { minMarginOf } from "../tangent/minMargin.js";
import { TangentProblem } from "../tangent/tangentProblem.js";

/** The question of a polish: as of a certificate, with limits. */
export interface PolishOptions extends CertifyOptions {
  /** Most programmes that are solved. Default 200. */
  readonly steps?: number;
  /** A κ at which the point is good enough. Default 1 - 1e-6. */
  readonly kappa?: number;
}

/** A point that was polished. */
export interface Polished {
  /** f64[totalCount]: weights with a margin at least as large, of the same norm. */
  readonly weights: Float64Array;
  /** min q / ||θ||^L before and after; NaN before perfect accuracy. */
  readonly before: number;
  readonly after: number;
  /** Programmes that were solved. */
  readonly steps: number;
  /** The certificate of the weights that were reached. */
  readonly certification: Certification;
}

/** Share of the sum of |products| up to which units count as at their kinks at first; a step moves few of them further. */
const widest = 0.05;
const narrowest = 1e-9;
/** Most times that rows are added to a programme: a direction that is nearly the best raises the margin too. */
const mostRounds = 6;
/** Shortest step, as a share of the way. */
const shortest = 2 ** -40;
/** Relative rise of the margin below which a step has led nowhere. */
const least = 1e-12;
/** Relative rise of the margin below which a step is slow; so many of them on end, and the share of kinks is too wide. */
const slight = 1e-6;
const patience = 6;

/**
 * A KKT point near weights, by a sequence of linearised problems, each of which raises the margin: at ||θ|| = 1, with v the direction of norm 1 in which the
 * linearised margins grow most,
 *
 *   θ ← (1 - η) θ + η v      min <∇qₖ, v> = D* >= L q_min, with equality iff θ is a KKT point
 *
 * so that min qₖ grows at the rate D* - L q_min and the norm does not; η by line search on the margin itself. Units near their kinks count as at them, within a
 * share that shrinks when no step leads on. Source: Frank and Wolfe, 1956; the linearised problem as in `certify`.
 *
 * @param options  network, data, weights, norm, kernels and limits
 * @returns weights of a margin at least as large, both margins, and the certificate of what was reached
 * @throws as `certify`
 */
export async function polish(options: PolishOptions): Promise<Polished> {
  checkCertifiable(options);
  return withLentMemory(options.kernels, (kernels) => polished({ ...options, kernels }));
}

async function polished(options: PolishOptions): Promise<Polished> {
  const { network, norm, kernels, steps: mostSteps = 200, kappa: wanted = 1 - 1e-6, signal } = options;
  const { point, scale } = scaled(options);
  const bound = boundedNorm(norm, kernels, normShape(network.layout).blocks);
  const minMargin = minMarginOf(point, kernels);
  const marginAt = (theta: Float64Array): number => minMargin(withTrainable(point, theta)) / power(bound.value(theta), network.degree);
  const start = trainableOf(point);
  let theta: Float64Array = start.map((value) => value / bound.value(start));
  const before = marginAt(theta);
  if (!(before > 0)) {
    return { weights: options.weights, before: Number.NaN, after: Number.NaN, steps: 0, certification: await certify(options) };
  }
  let [margin, share, eta, steps, slow] = [before, widest, 1, 0, 0];
  let [direction, earlier, accuracy] = [theta, theta, 1e-3];
  for (; steps < mostSteps && share >= narrowest; steps++) {
    signal?.throwIfAborted();
    const search = { theta: direction, tolerance: accuracy, rounds: mostRounds, signal };
    const linearised = { ...point, weights: withTrainable(point, theta) };
    const proposal = await withLentMemory(kernels, (lent) => {
      const problem = new TangentProblem(linearised, lent);
      return completed({ problem, norm: bound }, Math.max(share, 8 * problem.gamma), search);
    });
    accuracy = Math.min(Math.max(0.02 * (1 - (network.degree * margin) / proposal.value), 1e-8), 1e-3);
    direction = proposal.direction;
    if (network.degree * margin >= wanted * proposal.value && share <= 1e-3) break;
    const next = searched(theta, direction, { marginAt, margin, eta: Math.min(1, 4 * eta) });
    if (next === undefined) {
      share /= 8;
      continue;
    }
    const reached = extrapolated(next, earlier, marginAt);
    slow = reached.margin < margin * (1 + slight) ? slow + 1 : 0;
    if (slow === patience) [share, slow] = [share / 8, 0];
    earlier = theta;
    [theta, margin, eta] = [normalized(reached.theta, bound.value), reached.margin, next.eta];
  }
  const weights = withTrainable(options, unscaled(theta, bound.value(start), start, trainableOf(options)));
  const inGivenUnits = (value: number): number => timesPower(value, -scale.inputs * (network.inputDegree ?? 0));
  return {
    weights,
    before: inGivenUnits(before),
    after: inGivenUnits(marginAt(theta)),
    steps,
    certification: await certify({ ...options, weights }),
  };
}

interface Found {
  readonly theta: Float64Array;
  readonly margin: number;
  readonly eta: number;
}

interface Search {
  readonly marginAt: (theta: Float64Array) => number;
  readonly margin: number;
  readonly eta: number;
}

/** The best point between θ and v found by halving from a first share on; undefined where none has a larger margin. */
function searched(theta: Float64Array, v: Float64Array, { marginAt, margin, eta: first }: Search): Found | undefined {
  let best: Found | undefined;
  for (let eta = first; eta > shortest; eta /= 2) {
    const candidate = theta.map((value, j) => (1 - eta) * value + eta * v[j]!);
    const reached = marginAt(candidate);
    if (best && reached <= best.margin) break;
    if (reached > margin * (1 + least)) best = { theta: candidate, margin: reached, eta };
  }
  return best;
}

/**
 * The best point on the ray from an earlier point through a later one, by doubling: where steps go to and fro this leads on (the parallel tangents of Shah,
 * Buehler and Kempthorne, 1964).
 */
function extrapolated(
  { theta, margin }: Pick<Found, "theta" | "margin">,
  earlier: Float64Array,
  marginAt: Search["marginAt"],
): Pick<Found, "theta" | "margin"> {
  let best = { theta, margin };
  for (let beta = 0.5; beta <= 64; beta *= 2) {
    const candidate = theta.map((value, j) => value + beta * (value - earlier[j]!));
    const reached = marginAt(candidate);
    if (!(reached > best.margin)) break;
    best = { theta: candidate, margin: reached };
  }
  return best;
}

const normalized = (theta: Float64Array, norm: (x: Float64Array) => number): Float64Array => {
  const length = norm(theta);
  return theta.map((value) => value / length);
};

/** θ at the norm and in the powers of two of the weights that were given. */
function unscaled(theta: Float64Array, length: number, start: Float64Array, given: Float64Array): Float64Array {
  const largest = start.reduce((most, value, j) => (Math.abs(value) > Math.abs(start[most]!) ? j : most), 0);
  const back = given[largest]! / start[largest]!; // a power of two
  return theta.map((value) => value * length * back);
}

/** x^k for an integer k, by multiplications. */
function power(x: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result *= x;
  return result;
}
