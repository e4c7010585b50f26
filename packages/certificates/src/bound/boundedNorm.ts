import { type BoundNorm, bindNormIn, type FlatPiece, type LinearMap, type MatrixBlock, type Norm, planNorm } from "@steepest/core";
import { ArenaPlan, type KernelFactory, type Kernels, type Span } from "@steepest/kernels";
import { innerProduct } from "../arithmetic/innerProduct.js";

/** A norm on vectors of one length, over plain arrays, with upper bounds of its values. */
export interface BoundedNorm {
  readonly norm: Norm;
  readonly size: number;
  readonly blocks: readonly MatrixBlock[];
  readonly kernels: Kernels;
  /** true: `upper` and `dualUpper` are theorems. false: the norm knows no bound of its rounding errors, and an allowance is added to its values. */
  readonly isProven: boolean;
  value(x: Float64Array): number;
  dualValue(g: Float64Array): number;
  /** A number >= ||x||. */
  upper(x: Float64Array): number;
  /** A number >= ||g||_*. */
  dualUpper(g: Float64Array): number;
  /** out ← argmin {⟨g, u⟩ : ||u|| <= 1}. */
  lmo(g: Float64Array, out: Float64Array): void;
  /** out ← a g with ||g||_* <= 1 and ⟨g, x⟩ = ||x||, but for rounding. */
  subgradient(x: Float64Array, out: Float64Array): void;
  /** out ← the Euclidean projection of x onto {||u|| <= radius}. */
  projectBall(x: Float64Array, radius: number, out: Float64Array): void;
  /** The piece of the unit sphere on which <g, ·> is largest, with at most so many of its directions; undefined where the norm does not know it. */
  readonly flatPiece: ((g: Float64Array, most: number) => FlatPiece) | undefined;
  /** out ← that projection; its derivative at x, z ↦ P'(x) z, when it is asked for: the norm's own, else by differences. x must not change until then. */
  projection(x: Float64Array, radius: number, out: Float64Array): () => LinearMap;
}

/** The share of ||x||₂ by which a projection is moved to see how it changes. */
const difference = 2 ** -24;

/** The tolerance of the laws for norms written in TypeScript, in units of n ε. */
const allowance = 64;

/**
 * Binds a norm to vectors of a shape.
 *
 * @param norm     the norm
 * @param factory  makes the kernels of its memory
 * @param blocks   the matrices that a vector consists of, in order and without gaps
 * @returns the norm with its bounds; it holds memory for vectors of that length
 * @throws DefinitionError  if the norm does not fit the blocks
 */
export function boundedNorm(norm: Norm, factory: KernelFactory, blocks: readonly MatrixBlock[]): BoundedNorm {
  const size = blocks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const shape = { length: size, blocks };
  const plan = new ArenaPlan().span(size).span(size);
  planNorm(plan, norm, shape);
  planNorm(plan, norm.dual, shape);
  const arena = plan.allocate(factory);
  const [input, output] = [arena.span(size), arena.span(size)];
  const bound = bindNormIn(arena, norm, shape);
  const dual = bindNormIn(arena, norm.dual, shape);
  const on = (x: Float64Array, of: (x: Span) => number): number => {
    input.view.set(x);
    return of(input);
  };
  const estimated = (of: (x: Span) => number) => (x: Span) => of(x) * (1 + allowance * size * 2 ** -52);
  const upper = bound.upperBound ?? estimated(bound.norm);
  const dualUpper = bound.dualUpperBound ?? estimated(bound.dualNorm);
  const projectBall = (x: Float64Array, radius: number, out: Float64Array): void => {
    input.view.set(x);
    bound.projectBall(input, output, radius);
    out.set(output.view);
  };
  return {
    norm,
    size,
    blocks,
    kernels: arena.kernels,
    isProven: bound.upperBound !== undefined && bound.dualUpperBound !== undefined,
    value: (x) => on(x, bound.norm),
    dualValue: (g) => on(g, bound.dualNorm),
    upper: (x) => on(x, upper),
    dualUpper: (g) => on(g, dualUpper),
    lmo: (g, out) => {
      input.view.set(g);
      bound.lmo(input, output);
      out.set(output.view);
    },
    subgradient: (x, out) => {
      input.view.set(x);
      dual.lmo(input, output);
      for (let j = 0; j < size; j++) out[j] = -output.view[j]!;
    },
    projectBall,
    flatPiece:
      bound.flatPiece &&
      ((g, most) => {
        input.view.set(g);
        return bound.flatPiece!(input, most);
      }),
    projection: projectionOf(bound, { input, output }, projectBall),
  };
}

/** Projections with their derivatives, both at once where the norm knows them so. */
function projectionOf(
  bound: Pick<BoundNorm, "projectsAlong" | "projectionDerivative">,
  { input, output }: { readonly input: Span; readonly output: Span },
  projectBall: BoundedNorm["projectBall"],
): BoundedNorm["projection"] {
  return (x, radius, out) => {
    if (bound.projectsAlong) {
      input.view.set(x);
      const derivative = bound.projectionDerivative!(input, radius, output)!;
      out.set(output.view);
      return () => derivative;
    }
    projectBall(x, radius, out);
    return () => {
      input.view.set(x);
      return bound.projectionDerivative?.(input, radius) ?? byDifferences((moved, to) => projectBall(moved, radius, to), x);
    };
  };
}

function byDifferences(project: LinearMap, x: Float64Array): LinearMap {
  const step = difference * Math.sqrt(innerProduct(x, 0, x, 0, x.length));
  const [moved, from] = [new Float64Array(x.length), new Float64Array(x.length)];
  project(x, from);
  return (z, out) => {
    for (let j = 0; j < x.length; j++) moved[j] = x[j]! + step * z[j]!;
    project(moved, out);
    for (let j = 0; j < x.length; j++) out[j] = (out[j]! - from[j]!) / step;
  };
}
