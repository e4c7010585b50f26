import { doubled, negative } from "../arithmetic/doubled.js";
import { DoubledCholesky } from "../arithmetic/doubledCholesky.js";
import { DoubledVector, doubledProduct } from "../arithmetic/doubledVector.js";
import { type Barrier, Derivatives } from "./barrier.js";
import { RefinedSystem } from "./refinedSystem.js";

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

/** Settings of a walk along the path. */
export interface PathOptions {
  readonly startsRounded: boolean;
  readonly spend: (isRounded: boolean) => Promise<boolean>;
}

/** Newton's decrement below which a step leads near enough to the path. */
const near = 0.2;
/** Most Newton steps to one point of the path. */
const mostSteps = 60;
/** Most moves one after another that do without the tangent, since it leaves the domain too soon. */
const mostCrawled = 40;
/** The shares of μ that are left by a move along the path: the first one, the least and the one of a move without the tangent. */
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
 * @param options   `startsRounded`: Hessians are factored in doubles as long as solutions can be refined from these; `spend`: called before every Newton step,
 *                  with whether its Hessian is factored in doubles; false ends the search
 */
export async function followPath(
  barriers: readonly Barrier[],
  start: Pick<CentralPoint, "x" | "mu">,
  t: number,
  wayOn: (point: CentralPoint) => WayOn,
  { startsRounded, spend }: PathOptions,
): Promise<void> {
  let { x, mu } = start;
  let [isRounded, crawled] = [startsRounded, 0];
  let share = firstShare;
  for (;;) {
    let steps = 0;
    for (;;) {
      if (steps === mostSteps || !(await spend(isRounded))) return;
      steps += 1;
      const newton = isRounded ? roundedNewtonAt(barriers, x, t, mu) : newtonAt(barriers, x, t, mu);
      if (!newton && !isRounded) return;
      if (!newton) {
        isRounded = false;
        continue;
      }
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
      if (!tangent) {
        isRounded = false;
        continue;
      }
      const centred = x.plus(step);
      if (steps <= fewSteps) share = Math.max(share * share, leastShare);
      else if (steps >= manySteps) share = Math.sqrt(share);
      let moved: DoubledVector | undefined;
      while (!moved && share < slowest) {
        const next = centred.plus(tangent, 1 - share);
        if (derivativesAt(barriers, next, t, mu * share, false)) moved = next;
        else share = Math.sqrt(share);
      }
      crawled = moved ? 0 : crawled + 1;
      if (crawled > mostCrawled) return;
      // inside, since the Newton step was short, and so little a change of μ leaves it near the path
      if (!moved) share = slowest;
      x = moved ?? centred;
      mu *= share;
      break;
    }
  }
}

/** A Newton step, with what solves for further ones. */
interface Newton {
  readonly step: DoubledVector;
  readonly decrement: number;
  readonly factor: { solve(b: DoubledVector): DoubledVector | undefined };
}

function roundedNewtonAt(barriers: readonly Barrier[], x: DoubledVector, t: number, mu: number): Newton | undefined {
  const to = new Derivatives(x.length, true);
  to.gradient.add(t, doubled(-1 / mu));
  return newtonOf(to.gradient, RefinedSystem.of(barriers, x, to));
}

function newtonAt(barriers: readonly Barrier[], x: DoubledVector, t: number, mu: number): Newton | undefined {
  const at = derivativesAt(barriers, x, t, mu, true);
  return at && newtonOf(at.gradient, DoubledCholesky.of(at.hessian!) ?? factorOfRoots(barriers, x));
}

function newtonOf(gradient: DoubledVector, factor: Newton["factor"] | undefined): Newton | undefined {
  if (!factor) return undefined;
  const down = new DoubledVector(gradient.length);
  for (let j = 0; j < gradient.length; j++) down.set(j, negative(gradient.at(j)));
  const step = factor.solve(down);
  if (!step) return undefined;
  const decrement = Math.sqrt(doubledProduct(down, step, gradient.length).high);
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
