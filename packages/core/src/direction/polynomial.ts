import {
  bytes,
  type Cut,
  denseScratchBytes,
  entryOf,
  type Kernels,
  largestOf,
  type Pointer,
  Scratch,
  type Sized,
  type Span,
} from "@steepest/kernels";
import { scaledEuclidean } from "../norm/euclidean.js";
import type { MatrixBlock, NormShape } from "../norm/norm.js";
import type { Decomposition, Direction } from "./direction.js";

/** a, b, c of the odd polynomial φ(σ) = a σ + b σ³ + c σ⁵. */
export type OddQuintic = readonly [linear: number, cubic: number, quintic: number];

/**
 * Orthogonalisation by odd polynomials of degree five, one per step, on every matrix.
 *
 *   X ← G / ||G||_F      for each (a, b, c):  A = X Xᵀ,  X ← a X + b A X + c A² X      out = -X
 *
 * Every singular value σ of G / ||G||_F goes to φ_k(... φ₁(σ)), φ(σ) = a σ + b σ³ + c σ⁵, and the singular vectors stay. A zero matrix gives 0. In
 * binary64, where published implementations use bfloat16, and without their 1e-7 in the denominator: no gradient is too small.
 *
 * @param polynomials  those of all steps, in their order
 */
export function polynomialDirection(
  description: Pick<Direction, "id" | "summary" | "expected">,
  polynomials: readonly OddQuintic[],
): Direction {
  return {
    ...description,
    decompositions: new Array<Decomposition>(Math.ceil(polynomials.length / 5)).fill("newtonSchulz"), // a cost is that of five steps
    scratch: pieces,
    bind: (kernels, shape, region) => {
      const buffers = pieces(shape).cut(kernels, region);
      return (g: Span, out: Span) => {
        for (const block of shape.blocks) {
          orthogonalise(kernels, entryOf(g, block.offset), entryOf(out, block.offset), block, polynomials, buffers);
        }
      };
    },
  };
}

const shortSide = ({ rows, columns }: MatrixBlock): number => Math.min(rows, columns);
const longSide = ({ rows, columns }: MatrixBlock): number => Math.max(rows, columns);

type PolynomialPieces = Record<"x" | "product" | "gram" | "polynomial", number> & { readonly work: Sized };

function pieces({ blocks }: NormShape): Scratch<PolynomialPieces> {
  const largest = (length: (block: MatrixBlock) => number): number => Math.max(0, ...blocks.map(length));
  const matrix = largest(({ rows, columns }) => rows * columns);
  const square = largest((block) => shortSide(block) ** 2);
  const work = blocks.flatMap((block) => {
    const [m, n] = [shortSide(block), longSide(block)];
    return [bytes(denseScratchBytes(m, n, m)), bytes(denseScratchBytes(m, m, m))];
  });
  return new Scratch({ x: matrix, product: matrix, gram: square, polynomial: square, work: largestOf(work) });
}

function orthogonalise(
  kernels: Kernels,
  g: Pointer,
  out: Pointer,
  block: MatrixBlock,
  polynomials: readonly OddQuintic[],
  buffers: Cut<PolynomialPieces>,
): void {
  const [x, product, gram, polynomial, work] = [buffers.x, buffers.product, buffers.gram, buffers.polynomial, buffers.work].map(
    ({ ptr }) => ptr,
  ) as [Pointer, Pointer, Pointer, Pointer, Pointer];
  const { rows, columns } = block;
  const count = rows * columns;
  const [m, n] = [shortSide(block), longSide(block)];
  const tall = rows > columns;
  const { scale, scaledNorm } = scaledEuclidean(kernels, g, count);
  kernels.lmoL2(g, product, count, scale, scaledNorm); // -G / ||G||_F; odd polynomials keep the sign
  if (tall) kernels.transpose(product, x, rows, columns);
  else kernels.scale(product, x, count, 1);
  for (const [linear, cubic, quintic] of polynomials) {
    kernels.denseForward(x, x, gram, m, n, m, work);
    kernels.denseForward(gram, gram, polynomial, m, m, m, work); // the Gram matrix is symmetric
    kernels.axpby(gram, polynomial, m * m, cubic, quintic);
    kernels.denseInputGradient(polynomial, x, product, m, n, m, work);
    kernels.axpby(product, x, count, 1, linear);
  }
  if (tall) kernels.transpose(x, out, columns, rows);
  else kernels.scale(x, out, count, 1);
}
