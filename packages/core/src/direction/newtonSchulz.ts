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
import type { Direction } from "./direction.js";

/** Source: K. Jordan et al., Muon (2024): chosen for a steep slope at 0, not for convergence to 1. */
const coefficients = { linear: 3.4445, cubic: -4.775, quintic: 2.0315 } as const;
const iterations = 5;

/**
 * Muon's approximate orthogonalisation: five Newton-Schulz iterations on every matrix.
 *
 *   X ← G / ||G||_F      5 times:  A = X Xᵀ,  X ← 3.4445 X - 4.775 A X + 2.0315 A² X      out = -X
 *
 * Every singular value σ of G / ||G||_F goes to φ⁵(σ), φ(σ) = 3.4445 σ - 4.775 σ³ + 2.0315 σ⁵: about 485 σ while that is small, into [0.68, 1.21] from
 * σ = 0.0016 on, but not to 1. So this is not the steepest direction of the spectral norm, which is the exact polar factor, and it
 * fails the spectral norm's laws: it leaves the unit ball, and -<G, out> is not the nuclear norm. A zero matrix gives 0. In binary64, where the
 * published implementation uses bfloat16, and without its 1e-7 in the denominator: no gradient is too small.
 */
export const newtonSchulz: Direction = {
  id: "newtonSchulz",
  summary: "a direction, not a norm: Muon's approximate orthogonalisation by five iterations; the spectral norm's own direction is exact",
  decompositions: ["newtonSchulz"],
  scratch: pieces,
  bind: (kernels, shape, region) => {
    const buffers = pieces(shape).cut(kernels, region);
    return (g: Span, out: Span) => {
      for (const block of shape.blocks) orthogonalise(kernels, entryOf(g, block.offset), entryOf(out, block.offset), block, buffers);
    };
  },
};

const shortSide = ({ rows, columns }: MatrixBlock): number => Math.min(rows, columns);
const longSide = ({ rows, columns }: MatrixBlock): number => Math.max(rows, columns);

type NewtonSchulzPieces = Record<"x" | "product" | "gram" | "polynomial", number> & { readonly work: Sized };

function pieces({ blocks }: NormShape): Scratch<NewtonSchulzPieces> {
  const largest = (length: (block: MatrixBlock) => number): number => Math.max(0, ...blocks.map(length));
  const matrix = largest(({ rows, columns }) => rows * columns);
  const square = largest((block) => shortSide(block) ** 2);
  const work = blocks.flatMap((block) => {
    const [m, n] = [shortSide(block), longSide(block)];
    return [bytes(denseScratchBytes(m, n, m)), bytes(denseScratchBytes(m, m, m))];
  });
  return new Scratch({ x: matrix, product: matrix, gram: square, polynomial: square, work: largestOf(work) });
}

function orthogonalise(kernels: Kernels, g: Pointer, out: Pointer, block: MatrixBlock, buffers: Cut<NewtonSchulzPieces>): void {
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
  for (let k = 0; k < iterations; k++) {
    kernels.denseForward(x, x, gram, m, n, m, work);
    kernels.denseForward(gram, gram, polynomial, m, m, m, work); // the Gram matrix is symmetric
    kernels.axpby(gram, polynomial, m * m, coefficients.cubic, coefficients.quintic);
    kernels.denseInputGradient(polynomial, x, product, m, n, m, work);
    kernels.axpby(product, x, count, 1, coefficients.linear);
  }
  if (tall) kernels.transpose(x, out, columns, rows);
  else kernels.scale(x, out, count, 1);
}
