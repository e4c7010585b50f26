import { above, below } from "../arithmetic/outward.js";
import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "../bound/boundedNorm.js";
import { leastProduct } from "../bound/provenBounds.js";
import { loadHighs, SimplexModel } from "../solver/highs.js";
import { MarginProgram } from "../solver/marginProgram.js";
import { scaledRows } from "../solver/scaledRows.js";
import { vertexOf } from "../solver/vertex.js";
import type { OriginSimplex } from "./originSimplex.js";

/** Bounds of max {minₖ ⟨Zₖ, θ⟩ : ||θ|| = 1} < 0, and the best direction that was found. */
export interface NegativeMargin {
  /** minₖ ⟨Zₖ, theta⟩ / ||theta||, rounded downwards. */
  readonly lower: number;
  /** Minus the radius of a ball of the dual norm that the hull of the rows holds, rounded upwards. */
  readonly upper: number;
  readonly theta: Float64Array;
}

/** Faces that ascents start from, and most steps of one. */
const starts = 4;
const mostSteps = 20;

/**
 * The negative margin of rows whose hull holds 0 in its interior: over the sphere ||θ|| = 1 the least product is negative everywhere, and its largest value is
 * minus the radius of the largest ball {||z||_* <= r} in the hull. The sphere is not convex and this maximum is hard to find: what is returned is a bracket.
 *
 * Above: a face of the simplex of `origin` with normal v and level l is a distance l / ||v|| away from 0, so the ball of the least such distance is inside.
 * Below: from the normals of its nearest faces, θ ← the θ of largest least product with ⟨g, θ⟩ >= 1 for a subgradient g of the norm at the last θ, a linear
 * programme in every norm; ||θ|| >= ⟨g, θ⟩, so the margin grows with every step, to a local maximum.
 */
export async function negativeMargin(atoms: Atoms, norm: BoundedNorm, { faces }: OriginSimplex): Promise<NegativeMargin> {
  const distances = faces.map(({ normal, error, level }) => below(level / above(norm.upper(normal) + norm.upper(error), 2), 2));
  const nearest = [...faces.keys()].sort((a, b) => distances[a]! - distances[b]! || a - b);
  const highs = await loadHighs();
  let best: { lower: number; theta: Float64Array } = { lower: -Infinity, theta: new Float64Array(atoms.size) };
  for (const face of nearest.slice(0, starts)) {
    let theta: Float64Array = faces[face]!.normal;
    let reached = marginAt(atoms, norm, theta);
    for (let step = 0; step < mostSteps; step++) {
      const next = stepFrom(theta);
      const value = next ? marginAt(atoms, norm, next) : Number.NaN;
      if (!next || !(value > reached + Math.abs(reached) * 1e-12)) break;
      [theta, reached] = [next, value];
    }
    if (reached > best.lower) best = { lower: reached, theta };
  }
  const length = norm.value(best.theta);
  return { lower: best.lower, upper: -distances[nearest[0]!]!, theta: best.theta.map((value) => value / length) };

  function stepFrom(theta: Float64Array): Float64Array | undefined {
    const g = new Float64Array(atoms.size);
    norm.subgradient(theta, g);
    const program = new MarginProgram(atoms.size);
    program.normRows.push({ indices: [...g.keys()], values: [...g.map((value) => -value)], upper: -1 });
    const rows = scaledRows(atoms);
    for (let k = 0; k < atoms.count; k++) program.atomRows.push(rows.take(k));
    const model = new SimplexModel(highs, program);
    try {
      return vertexOf(program, model.solve().basis)?.theta;
    } finally {
      model.dispose();
    }
  }
}

/** A number <= minₖ ⟨Zₖ, θ⟩ / ||θ||, where the least product is negative: ||θ|| >= ⟨g, θ⟩ / ||g||_* for every g. */
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
