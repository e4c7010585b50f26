import { ArenaPlan, type KernelFactory, type Span } from "@steepest/kernels";
import { type BoundNorm, bindNormIn, planNorm } from "./boundNorm.js";
import type { MatrixBlock, Norm } from "./norm.js";

/** A norm as plain functions: arguments are copied into kernel memory, results are copies. */
export interface ArrayNorm {
  norm(x: Float64Array): number;
  dualNorm(g: Float64Array): number;
  lmo(g: Float64Array): Float64Array;
  projectBall(x: Float64Array, radius: number): Float64Array;
  prox(x: Float64Array, t: number): Float64Array;
  subgradientGap(x: Float64Array, z: Float64Array): number;
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
 * @throws DefinitionError  from a call, if the norm does not fit the blocks of that length
 */
export function arrayNorm(norm: Norm, factory: KernelFactory, blocksOf: BlocksOf): ArrayNorm {
  const byLength = new Map<number, Bound>();
  const bound = (length: number): Bound => {
    const known = byLength.get(length);
    if (known) return known;
    const shape = { length, blocks: blocksOf(length) };
    const plan = new ArenaPlan().span(length).span(length).span(length);
    planNorm(plan, norm, shape);
    const arena = plan.allocate(factory);
    const made = { input: arena.span(length), other: arena.span(length), output: arena.span(length), norm: bindNormIn(arena, norm, shape) };
    byLength.set(length, made);
    return made;
  };
  const on = <T>(x: Float64Array, use: (made: Bound) => T): T => {
    const made = bound(x.length);
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
    projectBall: (x, radius) => written(x, ({ norm: n, input, output }) => n.projectBall(input, output, radius)),
    prox: (x, t) => written(x, ({ norm: n, input, output }) => n.prox(input, output, t)),
    subgradientGap: (x, z) =>
      on(x, ({ norm: n, input, other }) => {
        other.view.set(z);
        return n.subgradientGap(input, other);
      }),
  };
}
