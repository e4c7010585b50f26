import { doubled, negative } from "../arithmetic/doubled.js";
import { DoubledCholesky } from "../arithmetic/doubledCholesky.js";
import { DoubledVector, doubledProduct } from "../arithmetic/doubledVector.js";
import { type Barrier, Derivatives } from "./barrier.js";

/** A point near the central path, μ, and the Newton step from it. */
export interface CentralPoint {
  readonly x: DoubledVector;
  readonly mu: number;
  readonly step: DoubledVector;
  /** Newton's decrement, the length of the step in the norm of the Hessian. */
  readonly decrement: number;
}

/** The way on from a central point: along the path, closer to it by a Newton step at the same μ, or none. */
export type WayOn = "along" | "closer" | "none";

/** Newton's decrement below which a step leads near enough to the path. */
const near = 0.2;
/** Most Newton steps to one point of the path. */
const mostSteps = 60;
/** The shares of μ that are left by a move along the path: the first one, the least and the one at which it has come to an end. */
const [firstShare, leastShare, slowest] = [0.3, 1e-3, 0.95];
/** Newton steps up to which a move was short enough to go farther next time, and from which on it was too far. */
const [fewSteps, manySteps] = [2, 5];

/**
 * Follows the central path of max xₜ over the domain of a sum of self-concordant barriers, the minimisers of -xₜ/μ + B(x) for falling μ: Newton's method to a
 * point, then along the tangent. Both do not depend on the units of the variables but for rounding, which is that of twice the precision of doubles.
 *
 * Source: Nesterov and Nemirovskii, Interior-Point Polynomial Algorithms in Convex Programming (1994); Nocedal and Wright, section 14.1, for tangents.
 *
 * @param barriers  their sum has a bounded set of x with xₜ above any number
 * @param start     a point of the domain, and the first μ
 * @param t         the place of xₜ
 * @param wayOn     asked at every central point
 * @param spend     called before every Newton step; false ends the search
 */
export async function followPath(
  barriers: readonly Barrier[],
  start: Pick<CentralPoint, "x" | "mu">,
  t: number,
  wayOn: (point: CentralPoint) => WayOn,
  spend: () => Promise<boolean>,
): Promise<void> {
  let { x, mu } = start;
  let share = firstShare;
  for (;;) {
    let steps = 0;
    for (;;) {
      if (steps === mostSteps || !(await spend())) return;
      steps += 1;
      const newton = newtonAt(barriers, x, t, mu);
      if (!newton) return;
      const { step, decrement, factor } = newton;
      if (decrement > near) {
        const next = searched(barriers, { x, step, decrement }, t, mu);
        if (!next) return;
        x = next;
        continue;
      }
      const way = wayOn({ x, mu, step, decrement });
      if (way === "none") return;
      if (way === "closer") {
        x = x.plus(step);
        continue;
      }
      const unit = new DoubledVector(x.length);
      unit.set(t, doubled(1 / mu));
      const tangent = factor.solve(unit);
      const centred = x.plus(step);
      if (steps <= fewSteps) share = Math.max(share * share, leastShare);
      else if (steps >= manySteps) share = Math.sqrt(share);
      let moved: DoubledVector | undefined;
      while (!moved && share < slowest) {
        const next = centred.plus(tangent, 1 - share);
        if (derivativesAt(barriers, next, t, mu * share, false)) moved = next;
        else share = Math.sqrt(share);
      }
      if (!moved) return;
      x = moved;
      mu *= share;
      break;
    }
  }
}

function newtonAt(barriers: readonly Barrier[], x: DoubledVector, t: number, mu: number) {
  const at = derivativesAt(barriers, x, t, mu, true);
  const factor = at && (DoubledCholesky.of(at.hessian!) ?? factorOfRoots(barriers, x));
  if (!factor) return undefined;
  const down = new DoubledVector(x.length);
  for (let j = 0; j < x.length; j++) down.set(j, negative(at.gradient.at(j)));
  const step = factor.solve(down);
  const decrement = Math.sqrt(doubledProduct(down, step, x.length).high);
  return Number.isFinite(decrement) ? { step, decrement, factor } : undefined;
}

/** Most products in twice the precision that a factor of roots may take. */
const mostProducts = 2 ** 22;

/** The factor of the Hessian where its condition is beyond twice the precision of doubles: of its root, unless that takes too long. */
function factorOfRoots(barriers: readonly Barrier[], x: DoubledVector): DoubledCholesky | undefined {
  const rowCount = barriers.reduce((sum, barrier) => sum + (barrier.roots ? barrier.parameter : 0), x.length);
  if (rowCount * x.length * x.length > mostProducts) return undefined;
  const rest = new Derivatives(x.length, true);
  for (const barrier of barriers) if (!barrier.roots) barrier.add(x, rest);
  return DoubledCholesky.ofRoots(
    barriers.flatMap((barrier) => barrier.roots?.(x) ?? []),
    rest.hessian!,
  );
}

/** A point along a Newton step where the slope has fallen: 1 of it, or less, down to 1 / (1 + decrement), which is always inside. */
function searched(
  barriers: readonly Barrier[],
  { x, step, decrement }: { readonly x: DoubledVector; readonly step: DoubledVector; readonly decrement: number },
  t: number,
  mu: number,
): DoubledVector | undefined {
  const least = 1 / (1 + decrement);
  for (let length = 1; ; length = Math.max(length / 2, least)) {
    const next = x.plus(step, length);
    const at = derivativesAt(barriers, next, t, mu, false);
    if (at && doubledProduct(at.gradient, step, x.length).high <= (decrement * decrement) / 2) return next;
    if (length === least) return at && next;
  }
}

function derivativesAt(
  barriers: readonly Barrier[],
  x: DoubledVector,
  t: number,
  mu: number,
  withHessian: boolean,
): Derivatives | undefined {
  const to = new Derivatives(x.length, withHessian);
  for (const barrier of barriers) if (!barrier.add(x, to)) return undefined;
  to.gradient.add(t, doubled(-1 / mu));
  return to;
}
