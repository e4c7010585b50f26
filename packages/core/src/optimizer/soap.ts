import { bytes, denseScratchBytes, entryOf, largestOf, type Pointer, type Sized } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireDecay, requireInteger } from "../check/require.js";
import type { MatrixBlock, NormShape } from "../norm/norm.js";
import { spectral } from "../norm/spectralAndNuclear.js";
import { recorded } from "../recipe/recipe.js";
import { eigenbasis, eigenbasisScratch } from "./eigenbasis.js";
import { type Epsilon, logOfEpsilon, requireEpsilon } from "./epsilon.js";
import { placementConventions } from "./epsilonPlacement.js";
import { epsilonShare } from "./epsilonShare.js";
import { lossFrame } from "./lossFrame.js";
import type { OptimizerMember } from "./member.js";
import { momentum } from "./memory/momentum.js";
import type { Optimizer, OptimizerContext } from "./optimizer.js";

export interface SoapOptions {
  /** β1 in [0, 1). */
  readonly beta1: number;
  /** β2 in [0, 1), of the second moments and of L and R. */
  readonly beta2: number;
  /** ε >= 0 in units of the gradient of the risk that the optimiser sees, added outside the root. 0 lets the rounding of zero entries step like the others. */
  readonly epsilon: Epsilon;
  /** Steps from one decomposition of L and R to the next, >= 1. */
  readonly period: number;
}

/**
 * SOAP: Adam in the eigenbasis of Shampoo's L and R, matrix by matrix.
 *
 *   L ← β2 L + (1 - β2) G Gᵀ = P Λ Pᵀ,  R ← β2 R + (1 - β2) Gᵀ G = Q Μ Qᵀ,  P and Q anew every `period` steps
 *   m ← β1 m + (1 - β1) G,  v ← β2 v + (1 - β2) (Pᵀ G Q)²      W ← W - η P (m̂' / (√v̂ + ε)) Qᵀ,  m' = Pᵀ m Q
 *
 * All memories are divided by powers of e^s, s the loss frame; entries of Ghat between 1e-150 and 1e150 are squared without loss. The decompositions are
 * exact, eigenvalues decreasing, where the published implementation takes a power step and orthogonalises it, and the first step counts, which it skips. As
 * there, P and Q are complete bases, so that directions which L and R do not know yet have second moments too (`eigenbasis`; they begin as the coordinates),
 * and v is put in the order of the directions before new ones take their places. So for diagonal gradients it is Adam, whatever the period.
 * β1 = β2 = 0 and a small ε > 0 is spectral descent, up to ε / σ.
 * Source: Vyas et al., arXiv:2409.11321.
 *
 * @param options  β1 and β2 in [0, 1), ε >= 0, and the period >= 1
 * @returns an optimiser with own norm spectral and the reading `epsilonShare`
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function soap(options: SoapOptions): Optimizer {
  refuseUnknownKeys("soap", options, { beta1: true, beta2: true, epsilon: true, period: ["precondition_frequency"] });
  const beta1 = requireDecay("beta1", options.beta1);
  const beta2 = requireDecay("beta2", options.beta2);
  const epsilon = requireEpsilon("epsilon", options.epsilon);
  const period = requireInteger("period", options.period, 1);
  const first = momentum({ momentum: beta1, accumulate: "average", nesterov: false });
  return recorded("soap", [options], {
    id: "soap",
    ownNorm: spectral,
    expectation: { margin: undefined, source: "theory is silent; without memories and with a negligible epsilon it is spectral descent" },
    decompositions: ["roots"],
    conventions: [placementConventions.outside],
    lengthUnit: "unit",
    plan: (plan, shape) => {
      first.plan(plan, shape.length);
      plan
        .spans(spans(shape))
        .region(scratch(shape))
        .region(eigenbasisScratch(largestSide(shape)));
    },
    bind: (context) => {
      const { kernels, arena, shape, theta, ghat, direction } = context;
      const mean = first.bind({ kernels, arena, ghat });
      const { aimBlocks, roots, carry } = bindBlocks(context, period);
      const moveFrame = lossFrame(kernels, Math.max(beta1, Math.sqrt(beta2)));
      const logEpsilon = logOfEpsilon(kernels, epsilon);
      const own = { beta1Power: 1, beta2Power: 1, shareBelow: Number.NaN };
      return {
        carry: (carrier) => {
          moveFrame.carry(carrier);
          carrier.values(own);
          mean.carry(carrier.at("first"));
          carry(carrier.at("blocks"));
        },
        aim: (logRisk) => {
          const move = moveFrame(logRisk);
          mean.update(move);
          own.beta1Power *= beta1;
          own.beta2Power *= beta2;
          const [gain, memory] = [kernels.exp(move.logGain), kernels.exp(move.logMemory)];
          const root = Math.sqrt((1 - beta2) / (1 - own.beta2Power));
          const epsilonInFrame = kernels.exp(logEpsilon - move.frame);
          own.shareBelow = epsilonInFrame / root;
          aimBlocks(mean.value.ptr, {
            gain,
            fresh: (1 - beta2) * gain * gain,
            kept: beta2 * memory * memory,
            keptRoot: Math.sqrt(beta2) * memory,
            mean: 1 / (1 - own.beta1Power),
            root,
            epsilon: epsilonInFrame,
          });
        },
        move: ({ size, logScale }) => {
          const length = size * kernels.exp(logScale);
          kernels.axpy(direction.ptr, theta.ptr, shape.length, length);
          return length;
        },
        readings: () => ({ epsilonShare: epsilonShare(roots.view, own.shareBelow) }),
      };
    },
  });
}

/** The factors of one step in the loss frame. */
interface Factors {
  /** Factors of the gradient, and of its squares in the averages L and R. */
  readonly gain: number;
  readonly fresh: number;
  /** Factors of the averages L and R, and of the roots of second moments. */
  readonly kept: number;
  readonly keptRoot: number;
  /** Factors of m and of the roots, with the corrections of their bias. */
  readonly mean: number;
  readonly root: number;
  readonly epsilon: number;
}

const largest = ({ blocks }: NormShape, size: (block: MatrixBlock) => number): number => Math.max(0, ...blocks.map(size));
const largestSide = (shape: NormShape): number => largest(shape, ({ rows, columns }) => Math.max(rows, columns));

function spans(shape: NormShape) {
  const { blocks, length } = shape;
  const left = blocks.reduce((sum, { rows }) => sum + rows * rows, 0);
  const right = blocks.reduce((sum, { columns }) => sum + columns * columns, 0);
  const matrix = largest(shape, ({ rows, columns }) => rows * columns);
  const square = largestSide(shape) ** 2;
  // rows of p and q are the basis; roots of second moments in it
  return {
    left,
    right,
    p: left,
    q: right,
    roots: length,
    square,
    inner: matrix,
    rotated: matrix,
  };
}

function scratch(shape: NormShape): Sized {
  return largestOf(
    shape.blocks.flatMap(({ rows, columns }) => [
      bytes(denseScratchBytes(rows, columns, rows)),
      bytes(denseScratchBytes(rows, columns, columns)),
    ]),
  );
}

function bindBlocks({ kernels, arena, shape, ghat, direction }: OptimizerContext, period: number) {
  const { left, right, p, q, roots, square, inner, rotated } = arena.spans(spans(shape));
  const work = arena.region(scratch(shape)).ptr;
  const side = largestSide(shape);
  const moveOn = eigenbasis(kernels, side, arena.region(eigenbasisScratch(side)));
  const own = { step: 0 };
  setIdentities(
    p.view,
    shape.blocks.map(({ rows }) => rows),
  );
  setIdentities(
    q.view,
    shape.blocks.map(({ columns }) => columns),
  );

  /** The entries of `root`[rows][columns] from these rows and columns. */
  const reorder = (root: Float64Array, fromRows: readonly number[], fromColumns: readonly number[]): void => {
    const before = rotated.view.subarray(0, root.length);
    before.set(root);
    const columns = fromColumns.length;
    for (const [i, row] of fromRows.entries()) {
      for (const [j, column] of fromColumns.entries()) root[i * columns + j] = before[row * columns + column]!;
    }
  };
  /** rotated ← P x Qᵀ with eigenvectors in the rows of P and Q, the entries of x[rows][columns] in their basis. */
  const rotate = (x: Pointer, pBlock: Pointer, qBlock: Pointer, { rows, columns }: MatrixBlock): void => {
    kernels.denseInputGradient(pBlock, x, inner.ptr, rows, columns, rows, work);
    kernels.denseForward(inner.ptr, qBlock, rotated.ptr, rows, columns, columns, work);
  };

  const aimBlocks = (mean: Pointer, factors: Factors): void => {
    const isDue = own.step++ % period === 0;
    let [l, r, pBlock, qBlock] = [left.ptr, right.ptr, p.ptr, q.ptr];
    for (const block of shape.blocks) {
      const { offset, rows, columns } = block;
      const [g, out, root] = [entryOf(ghat, offset), entryOf(direction, offset), entryOf(roots, offset)];
      kernels.denseForward(g, g, square.ptr, rows, columns, rows, work);
      kernels.axpby(square.ptr, l, rows * rows, factors.fresh, factors.kept);
      kernels.denseWeightGradient(g, g, square.ptr, rows, columns, columns, work);
      kernels.axpby(square.ptr, r, columns * columns, factors.fresh, factors.kept);
      if (isDue) {
        const [fromRows, fromColumns] = [moveOn(l, pBlock, rows), moveOn(r, qBlock, columns)];
        reorder(roots.view.subarray(offset, offset + rows * columns), fromRows, fromColumns);
      }
      rotate(g, pBlock, qBlock, block);
      kernels.decayHypot(rotated.ptr, root, rows * columns, factors.keptRoot, factors.gain);
      rotate(mean + 8 * offset, pBlock, qBlock, block);
      kernels.adamDirection(rotated.ptr, root, rotated.ptr, rows * columns, factors.mean, factors.root, factors.epsilon);
      kernels.denseWeightGradient(rotated.ptr, pBlock, inner.ptr, rows, columns, rows, work); // Pᵀ times it
      kernels.denseInputGradient(inner.ptr, qBlock, out, rows, columns, columns, work); // times Q
      l += 8 * rows ** 2;
      r += 8 * columns ** 2;
      pBlock += 8 * rows ** 2;
      qBlock += 8 * columns ** 2;
    }
  };
  const carry = (carrier: Carrier): void => {
    carrier.values(own);
    for (const [name, { view }] of Object.entries({ left, right, p, q, roots })) carrier.numbers(name, view);
  };
  return { aimBlocks, roots, carry };
}

/** matrices ← identities of these sides, one after the other. */
function setIdentities(matrices: Float64Array, sides: readonly number[]): void {
  let at = 0;
  for (const side of sides) {
    for (let i = 0; i < side; i++) matrices[at + i * (side + 1)] = 1;
    at += side * side;
  }
}

export const soapMember: OptimizerMember = {
  factory: "soap",
  make: soap,
  title: "SOAP",
  examples: (logFrame) => ({
    soap: soap({ beta1: 0.9, beta2: 0.95, epsilon: { log: logFrame - 7 }, period: 1 }),
    "soap, every third step": soap({ beta1: 0.9, beta2: 0.95, epsilon: { log: logFrame - 7 }, period: 3 }),
  }),
};
