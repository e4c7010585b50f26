import { ArenaPlan, type KernelFactory, requireFactory, type Span } from "@steepest/kernels";
import { requireFunction, requireNonNegative } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { requireVector } from "../check/requireVector.js";
import { type BoundNorm, bindNormIn, planNorm } from "./boundNorm.js";
import { type MatrixBlock, type Norm, normPart } from "./norm.js";
import { requireBlocks } from "./requireBlocks.js";

/**
 * A norm as plain functions: arguments are copied into kernel memory, results are copies. Vectors may hold infinities and NaN: a NaN makes a norm NaN, an
 * infinity without a NaN makes it infinite, and what they leave undetermined in a result is NaN.
 *
 * @throws DefinitionError  from a call, if a vector is not a list of numbers, or a radius or threshold is not finite and >= 0
 */
export interface ArrayNorm {
  norm(x: ArrayLike<number>): number;
  dualNorm(g: ArrayLike<number>): number;
  lmo(g: ArrayLike<number>): Float64Array;
  /** The Euclidean projection of x onto {||u|| <= radius}. */
  projectBall(x: ArrayLike<number>, radius: number): Float64Array;
  /** argmin_u ½||u - x||₂² + t ||u||. */
  prox(x: ArrayLike<number>, t: number): Float64Array;
  /** Distance of z from the subdifferential of ||·|| at x, as a share. @throws DimensionError  if z is not as long as x */
  subgradientGap(x: ArrayLike<number>, z: ArrayLike<number>): number;
}

/** The matrices that a vector of a given length consists of. */
export type BlocksOf = (length: number) => readonly MatrixBlock[];

interface Bound {
  readonly norm: BoundNorm;
  readonly input: Span;
  readonly other: Span;
  readonly output: Span;
}

/**
 * A norm as plain functions, for laws, notebooks and tests: expensive per call, no pointers. The norm is bound once per length met.
 *
 * @param norm      a norm of this package or of your own
 * @param factory   makes the kernels of the norm's memory
 * @param blocksOf  the matrices that a vector of a length consists of
 * @returns functions over f64[n] that copy their arguments and results
 * @throws DefinitionError  at once unless these are a norm, kernels and a function; from a call, if the norm does not fit the blocks of that length, or a size of a block is no integer >= 1
 * @throws DimensionError   from a call, if the blocks are not the whole vector, in order and without gaps
 */
export function arrayNorm(norm: Norm, factory: KernelFactory, blocksOf: BlocksOf): ArrayNorm {
  requirePart("norm", norm, normPart);
  requireFactory("factory", factory);
  requireFunction("blocksOf", blocksOf);
  const byLength = new Map<number, Bound>();
  const bound = (length: number): Bound => {
    const known = byLength.get(length);
    if (known) return known;
    const shape = { length, blocks: blocksOf(length) };
    requireBlocks("blocks", shape.blocks, length);
    const plan = new ArenaPlan().span(length).span(length).span(length);
    planNorm(plan, norm, shape);
    const arena = plan.allocate(factory);
    const made = { input: arena.span(length), other: arena.span(length), output: arena.span(length), norm: bindNormIn(arena, norm, shape) };
    byLength.set(length, made);
    return made;
  };
  const on = <T>(path: string, x: ArrayLike<number>, use: (made: Bound) => T): T => {
    const vector = requireVector(path, x);
    const made = bound(vector.length);
    made.input.view.set(vector);
    return use(made);
  };
  const written = (path: string, x: ArrayLike<number>, write: (made: Bound) => void): Float64Array =>
    on(path, x, (made) => {
      write(made);
      return made.output.view.slice();
    });
  return {
    norm: (x) => on("x", x, ({ norm: n, input }) => n.norm(input)),
    dualNorm: (g) => on("g", g, ({ norm: n, input }) => n.dualNorm(input)),
    lmo: (g) => written("g", g, ({ norm: n, input, output }) => n.lmo(input, output)),
    projectBall: (x, radius) => {
      requireNonNegative("radius", radius);
      return written("x", x, ({ norm: n, input, output }) => n.projectBall(input, output, radius));
    },
    prox: (x, t) => {
      requireNonNegative("t", t);
      return written("x", x, ({ norm: n, input, output }) => n.prox(input, output, t));
    },
    subgradientGap: (x, z) =>
      on("x", x, ({ norm: n, input, other }) => {
        other.view.set(requireVector("z", z, input.length));
        return n.subgradientGap(input, other);
      }),
  };
}
