import { ArenaPlan, type KernelFactory, requireFactory, type Span } from "@steepest/kernels";
import { requireFunction, requireNonNegative, requireVector } from "../require.js";
import { requirePart } from "../requirePart.js";
import { requireShape } from "../requireSpace.js";
import { type BoundNorm, bindNormIn, planNorm } from "./boundNorm.js";
import { type MatrixBlock, type Norm, normPart } from "./norm.js";

/** A norm as plain functions: arguments are copied into kernel memory, results are copies. */
export interface ArrayNorm {
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  lmo(g: Float64Array): Float64Array;
  projectBall(x: Float64Array, radius: number): Float64Array;
  prox(x: Float64Array, t: number): Float64Array;
  subgradientGap(x: Float64Array, z: Float64Array): number;
}

/** How a vector of a length is cut into matrices. */
export type BlocksOf = (length: number) => readonly MatrixBlock[];

interface Bound {
  readonly norm: BoundNorm;
  readonly input: Span;
  readonly other: Span;
  readonly output: Span;
}

/**
 * For laws, notebooks and tests: dear per call, no pointers. The norm is bound once per length met.
 *
 * @throws DefinitionError  at once unless these are a norm, kernels and a function; from a call, if the norm does not fit the blocks of that length, or on
 *                          what is no Float64Array
 */
export function arrayNorm(norm: Norm, factory: KernelFactory, blocksOf: BlocksOf): ArrayNorm {
  requirePart("norm", norm, normPart);
  requireFactory("factory", factory);
  requireFunction("blocksOf", blocksOf);
  const byLength = new Map<number, Bound>();
  const bound = (length: number): Bound => {
    const known = byLength.get(length);
    if (known) return known;
    const shape = requireShape("blocksOf()", { length, blocks: blocksOf(length) });
    const plan = new ArenaPlan().span(length).span(length).span(length);
    planNorm(plan, norm, shape);
    const arena = plan.allocate(factory);
    const made = { input: arena.span(length), other: arena.span(length), output: arena.span(length), norm: bindNormIn(arena, norm, shape) };
    byLength.set(length, made);
    return made;
  };
  const on = <T>(x: Float64Array, use: (made: Bound) => T): T => {
    const made = bound(requireVector("x", x).length);
    made.input.view.set(x);
    return use(made);
  };
  const written = (x: Float64Array, write: (made: Bound) => void): Float64Array =>
    on(x, (made) => {
      write(made);
      return made.output.view.slice();
    });
  return {
    norm: (x) => on(x, ({ norm: n, input }) => n.norm(input)),
    dualNorm: (g) => on(g, ({ norm: n, input }) => n.dualNorm(input)),
    lmo: (g) => written(g, ({ norm: n, input, output }) => n.lmo(input, output)),
    projectBall: (x, radius) =>
      written(x, ({ norm: n, input, output }) => n.projectBall(input, output, requireNonNegative("radius", radius))),
    prox: (x, t) => written(x, ({ norm: n, input, output }) => n.prox(input, output, requireNonNegative("t", t))),
    subgradientGap: (x, z) =>
      on(x, ({ norm: n, input, other }) => {
        other.view.set(requireVector("z", z, other.length));
        return n.subgradientGap(input, other);
      }),
  };
}
