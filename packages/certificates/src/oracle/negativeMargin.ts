import { CompensatedSum, type EnclosedVector } from "../arithmetic/compensated.js";
import { above, below } from "../arithmetic/outward.js";
import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { dualAboveErrors } from "../bound/dualAboveErrors.js";
import { leastProduct } from "../bound/provenBounds.js";
import { dualVertices } from "./dualVertices.js";
import { bestAlong } from "./halfSpaceProgramme.js";
import { type HullFacet, hullFacets } from "./hullFacets.js";
import type { OriginSimplex } from "./originSimplex.js";

/** Bounds of max {minₖ ⟨Zₖ, θ⟩ : ||θ|| = 1} <= 0, and the best direction that was found. */
export interface NegativeMargin {
  /** minₖ ⟨Zₖ, theta⟩ / ||theta||, rounded downwards. */
  readonly lower: number;
  /** Minus the radius of a ball of the dual norm that the hull of the rows holds, rounded upwards; 0 where none is known. */
  readonly upper: number;
  readonly theta: Float64Array;
  /** "facets" and "vertices" are complete, so that the bounds are apart by rounding; "ascent" is a local maximum below and a ball above. */
  readonly method: "facets" | "vertices" | "ascent";
}

/** Directions that ascents start from, and most steps of one. */
const starts = 4;
const mostSteps = 20;
/** Most entries of the linear programmes of all vertices. */
const mostEntries = 4_000_000;
const mostVertices = 1024;

/**
 * The negative margin of rows whose hull holds 0: over the sphere ||θ|| = 1 the least product is nowhere positive, and its largest value is minus the radius of the largest
 * ball {||z||_* <= r} in the hull; 0 where 0 lies on a face. The sphere is not convex, but there are two ways to look everywhere, and a third that finds bounds:
 *
 * - in at most three dimensions the facets {⟨v, z⟩ = l} of the hull are enumerated, in integers: r is the least |l| / ||v||, in every norm;
 * - where the dual ball has few vertices g (2p in ℓ∞, 2^p in ℓ1, weights included), a linear programme for each: max {minₖ ⟨Zₖ, θ⟩ : ⟨g, θ⟩ = 1} = -max {r : -r g
 *   in the hull}, and of these the largest. For multipliers λ and any r, no θ with ||θ|| = ⟨g, θ⟩ = 1 has more than ||Σ λₖ Zₖ + r g||_* - r;
 * - elsewhere r is at least the distance l / ||v|| of the nearest face of the simplex of `origin` from 0, and the r of ℓ∞ over ||(1, ..., 1)||; and θ ← the θ of
 *   largest least product with ⟨g, θ⟩ = 1, g a subgradient of the norm at the last θ, raises the margin with every step, as ||θ|| >= ⟨g, θ⟩, to a local maximum.
 */
export async function negativeMargin(atoms: Atoms, norm: BoundedNorm, origin: OriginSimplex | undefined): Promise<NegativeMargin> {
  const facets = hullFacets(atoms);
  if (facets && facets.length > 0) return ofFacets(atoms, norm, facets);
  const vertices = dualVertices(norm, Math.min(mostVertices, mostEntries / (atoms.count * atoms.size)));
  return (vertices && (await ofVertices(atoms, norm, vertices))) ?? byAscent(atoms, norm, origin);
}

function ofFacets(atoms: Atoms, norm: BoundedNorm, facets: readonly HullFacet[]): NegativeMargin {
  let upper = -Infinity;
  let best = facets[0]!;
  for (const facet of facets) {
    const { normal, error, level } = facet;
    const length = above(norm.upper(normal) + (error > 0 ? norm.upper(normal.map(() => error)) : 0), 2);
    const value = -below(-level / length, 4);
    if (value > upper) [upper, best] = [value, facet];
  }
  return found(atoms, norm, best.normal, upper, "facets");
}

/** The answer by a linear programme for each vertex; undefined where none has one: all rows are 0, or HiGHS gives up. */
async function ofVertices(atoms: Atoms, norm: BoundedNorm, vertices: readonly Float64Array[]): Promise<NegativeMargin | undefined> {
  let upper = -Infinity;
  let best: { value: number; theta: Float64Array } = { value: -Infinity, theta: new Float64Array(atoms.size) };
  for (const g of vertices) {
    const along = await bestAlong(atoms, g);
    if (!along) return best.value > -Infinity ? found(atoms, norm, best.theta, 0, "ascent") : undefined;
    upper = Math.max(upper, upperAlong(atoms, g, along.lambda, dualOf(norm)));
    const value = marginAt(atoms, norm, along.theta);
    if (value > best.value) best = { value, theta: along.theta };
  }
  return found(atoms, norm, best.theta, upper, "vertices");
}

/** A number >= minₖ ⟨Zₖ, θ⟩ for every θ with ||θ|| = ⟨g, θ⟩ = 1, at most 0: ||v + r g||_* - r, v = Σ λₖ Zₖ over Σ λₖ. */
function upperAlong(atoms: Atoms, g: Float64Array, lambda: Float64Array, dualAbove: (x: EnclosedVector) => number): number {
  const sum = new CompensatedSum(atoms.size);
  let [total, terms] = [0, 0];
  for (const [k, factor] of lambda.entries()) {
    if (factor === 0) continue;
    sum.add(factor, atoms.row(k));
    total += factor;
    terms += 1;
  }
  const { value } = sum.enclosed();
  let [inner, square] = [0, 0];
  for (const [j, entry] of g.entries()) {
    inner -= value[j]! * entry;
    square += entry * entry;
  }
  const r = inner / square;
  if (!(r > 0)) return 0;
  sum.add(r, g);
  return -below(below(r - dualAbove(sum.enclosed()), 2) / above(total, terms + 2), 4);
}

/** ||·||_* of enclosed vectors, rounded upwards. */
function dualOf(norm: BoundedNorm): (x: EnclosedVector) => number {
  return ({ value, error }) => above(norm.dualUpper(value) + dualAboveErrors(norm, error), 2);
}

/** The negative margin in ℓ∞, from above, and the best directions through its faces; undefined where these take too long. */
async function inBox(atoms: Atoms): Promise<{ readonly upper: number; readonly thetas: readonly Float64Array[] } | undefined> {
  const { count, size } = atoms;
  if (2 * size > Math.min(mostVertices, mostEntries / (count * size))) return undefined;
  const sizes = ({ value, error }: EnclosedVector): number =>
    above(
      value.reduce((sum, entry, j) => sum + Math.abs(entry) + error[j]!, 0),
      2 * size,
    );
  let upper = -Infinity;
  const thetas: Float64Array[] = [];
  for (let i = 0; i < 2 * size; i++) {
    const g = axis(size, i);
    const along = await bestAlong(atoms, g);
    if (!along) return undefined;
    upper = Math.max(upper, upperAlong(atoms, g, along.lambda, sizes));
    thetas.push(along.theta);
  }
  return { upper, thetas };
}

async function byAscent(atoms: Atoms, norm: BoundedNorm, origin: OriginSimplex | undefined): Promise<NegativeMargin> {
  const faces = origin?.faces ?? [];
  const distances = faces.map(({ normal, error, level }) => below(level / above(norm.upper(normal) + norm.upper(error), 2), 2));
  const box = await inBox(atoms);
  // ||θ|| <= ||θ||∞ ||(1, ..., 1)||
  const throughBox = box ? below(-box.upper / norm.upper(new Float64Array(atoms.size).fill(1)), 4) : 0;
  const fromSimplex = distances.reduce((least, distance) => Math.min(least, distance), distances.length > 0 ? Infinity : 0);
  const candidates = [...faces.map(({ normal }) => normal), ...(box?.thetas ?? [])];
  const from = candidates.length > 0 ? candidates : Array.from({ length: Math.min(starts, 2 * atoms.size) }, (_, i) => axis(atoms.size, i));
  const margins = from.map((theta) => marginAt(atoms, norm, theta));
  const order = [...from.keys()].sort((a, b) => margins[b]! - margins[a]! || a - b);
  let best = { value: -Infinity, theta: from[0]! };
  for (const start of order.slice(0, starts)) {
    let [theta, reached] = [from[start]!, margins[start]!];
    for (let step = 0; step < mostSteps; step++) {
      const g = new Float64Array(atoms.size);
      norm.subgradient(theta, g);
      const next = (await bestAlong(atoms, g))?.theta;
      const value = next ? marginAt(atoms, norm, next) : Number.NaN;
      if (!next || !(value > reached + Math.abs(reached) * 1e-12)) break;
      [theta, reached] = [next, value];
    }
    if (reached > best.value) best = { value: reached, theta };
  }
  return found(atoms, norm, best.theta, -Math.max(throughBox, fromSimplex), "ascent");
}

/** e₁, -e₁, e₂, -e₂, ... */
function axis(size: number, i: number): Float64Array {
  const out = new Float64Array(size);
  out[i >> 1] = i % 2 === 0 ? 1 : -1;
  return out;
}

function found(atoms: Atoms, norm: BoundedNorm, theta: Float64Array, upper: number, method: NegativeMargin["method"]): NegativeMargin {
  const length = norm.value(theta);
  const unit = length > 0 ? theta.map((value) => value / length) : theta;
  const lower = marginAt(atoms, norm, theta);
  return { lower: Math.min(lower, upper), upper: upper === 0 ? 0 : upper, theta: unit, method };
}

/** A number <= minₖ ⟨Zₖ, θ⟩ / ||θ||, where the least product is not positive: ||θ|| >= ⟨g, θ⟩ / ||g||_* for every g. */
function marginAt(atoms: Atoms, norm: BoundedNorm, theta: Float64Array): number {
  const least = leastProduct(atoms, theta);
  if (!(least < 0)) return least === 0 ? 0 : Number.NaN;
  const g = new Float64Array(theta.length);
  norm.subgradient(theta, g);
  let [inner, size] = [0, 0];
  for (const [j, value] of theta.entries()) {
    inner += value * g[j]!;
    size += Math.abs(value * g[j]!);
  }
  const length = below(inner - above(size * (theta.length + 2) * 2 ** -52, 4), 2) / norm.dualUpper(g);
  return -above(-least / below(length, 4), 4);
}
