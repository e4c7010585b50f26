import { type LabelledData, type MatrixBlock, type NormChoice, normFrom, norms } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import type { KernelFactory } from "@steepest/kernels";
import type { Atoms } from "../atoms/atoms.js";
import { linearAtoms } from "../atoms/linearAtoms.js";
import { type BoundedNorm, boundedNorm } from "../bound/boundedNorm.js";
import { leastProduct, upperBound } from "../bound/provenBounds.js";
import { type Bracket, breathing, type CombinationOptions, smallestCombination } from "../solver/smallestCombination.js";
import { solverOf } from "../solver/solvers.js";
import { startOfEvenColumns } from "./evenColumns.js";
import { exactOrigin } from "./exactOrigin.js";
import { type NegativeMargin, negativeMargin } from "./negativeMargin.js";
import { type OriginSimplex, originSimplex } from "./originSimplex.js";
import { type Uniqueness, uniquenessOf } from "./uniqueness.js";

export interface MaxMarginOptions extends CombinationOptions {
  /** Makes the kernels of the norm's memory, `loadKernels(bytes)` of `@steepest/kernels`. */
  readonly kernels: KernelFactory;
}

/** The largest margin of linear models on a data set, between bounds, and what carries it. */
export interface MaxMargin extends Bracket {
  /**
   * true: `lower` > 0, so that `theta` separates; or `lower` = 0, and exact arithmetic has found a direction that does, but no vector of doubles near enough to
   * it. false: proven that nothing does. undefined: neither, 0 is a combination of the atoms but for rounding, and exact arithmetic takes too long (nearly 0
   * is a combination of no fewer than some 50 independent atoms, or entries differ by hundreds of powers of two). The norm makes no difference to it.
   */
  readonly separable: boolean | undefined;
  /** Samples with multipliers that are not 0, in their order. */
  readonly support: readonly number[];
  /** Uniqueness of `theta` among the directions of that margin; absent unless the data are separable and the bounds closed. */
  readonly uniqueness?: Uniqueness;
  /**
   * For two classes of which it is proven that nothing separates them: the largest of the negative margins, over ||θ|| = 1. With several classes it is 0, that
   * of weights whose rows are equal.
   */
  readonly negative?: NegativeMargin;
}

/**
 * The largest margin that a linear model without bias reaches on a data set,
 *
 *   γ* = max {minᵢ yᵢ ⟨θ, xᵢ⟩ : ||θ|| <= 1}, with C classes max {min over i and j != yᵢ of ⟨w_yᵢ - w_j, xᵢ⟩ : ||W|| <= 1},
 *
 * and, by duality, the smallest dual norm of a convex combination of the signed samples. Both bounds are theorems about the data as they are stored, each from
 * the point beside it: `theta` and `lambda` prove them without this package. Data that are not separable have γ* = 0, and a negative margin.
 *
 * @param data     samples with labels -1 and +1, or of several classes; a bias is a constant column of the inputs
 * @param norm     a norm, its expression ({ lp: 3 }) or its text ("lp(3)"), on θ in ℝ^(1×d), or on the matrix W in ℝ^(C×d)
 * @param options  kernels, tolerance, start and limits
 * @returns bounds, points, support, and whether the maximiser is the only one
 * @throws DataError        if inputs are not finite, or labels are not what they should be
 * @throws DefinitionError  if the norm does not fit, or an entry is out of the range in which bounds can be computed
 */
export async function maxMargin(data: LabelledData, norm: NormChoice, options: MaxMarginOptions): Promise<MaxMargin> {
  checkData("data", data, false);
  const atoms = linearAtoms(data);
  const blocks: readonly MatrixBlock[] = [{ offset: 0, rows: data.classes ?? 1, columns: data.inputDim }];
  const given = normFrom(norm);
  const bounded = boundedNorm(given, options.kernels, blocks);
  const { bracket, origin, isSeparable } = await decided(atoms, bounded, options);
  const support = supportSamples(bracket.lambda, (data.classes ?? 2) - 1);
  if (bracket.lower > 0 || isSeparable) {
    const { tolerance = solverOf(bounded).tolerance, signal } = options;
    const uniqueness = bracket.closed && (await uniquenessOf(atoms, bounded, bracket, { tolerance, breathe: breathing(signal), signal }));
    return { ...bracket, separable: true, support, ...(uniqueness && { uniqueness }) };
  }
  const negative = origin && data.classes === undefined ? await negativeMargin(atoms, bounded, origin.simplex) : undefined;
  return { ...bracket, separable: origin ? false : undefined, support, ...(negative && { negative }) };
}

interface Decided {
  readonly bracket: Bracket;
  /** The proof that there is no direction, where there is none. */
  readonly origin?: { readonly simplex?: OriginSimplex };
  /** true where exact arithmetic has found a direction. */
  readonly isSeparable?: boolean;
}

/**
 * The bracket, and where it has no direction the proof that there is none; where its direction is a poor one, or exact arithmetic finds one, the bracket that
 * starts from a better one.
 */
async function decided(atoms: Atoms, norm: BoundedNorm, options: MaxMarginOptions): Promise<Decided> {
  const bracket = await bracketOf(atoms, norm, options);
  const isEnough = bracket.closed || bracket.lower > bracket.upper / 2 || options.iterations !== undefined;
  if (bracket.lower > 0 && isEnough) return { bracket };
  const simplex = bracket.lower > 0 ? undefined : originSimplex(atoms, bracket.lambda);
  if (simplex) return { bracket, origin: { simplex } };
  const { kernels, ...rest } = options;
  const start = await startOfEvenColumns(atoms, norm, options);
  const again = start && (await smallestCombination(atoms, norm, { ...rest, start }));
  if (again && again.lower > bracket.lower) return { bracket: again };
  if (bracket.lower > 0) return { bracket };
  const exact = exactOrigin(atoms, bracket.lambda);
  if (!exact) {
    // a linear programme has twice the precision of doubles, in which there may be a direction
    const box = boundedNorm(norms.linf, kernels, norm.blocks);
    const { lower, theta } = await smallestCombination(atoms, box, { ...(rest.signal && { signal: rest.signal }) });
    if (!(lower > 0)) return { bracket };
    return { bracket: await smallestCombination(atoms, norm, { ...rest, start: { lambda: bracket.lambda, theta } }), isSeparable: true };
  }
  if (exact.isInHull) return { bracket, origin: {} };
  const theta = exact.thetas.find((one) => leastProduct(atoms, one) > 0);
  const found = { lambda: bracket.lambda, ...(theta && { theta }) };
  return { bracket: theta ? await smallestCombination(atoms, norm, { ...rest, start: found }) : bracket, isSeparable: true };
}

/**
 * The bracket in a norm, from the answer in ℓ2, which takes least: a start, and where no direction separates the answer in every norm, since 0 is 0 in all.
 */
async function bracketOf(atoms: Atoms, norm: BoundedNorm, { kernels, ...options }: MaxMarginOptions): Promise<Bracket> {
  const { signal, start } = options;
  if (!solverOf(norm).startsInEuclidean) return smallestCombination(atoms, norm, options);
  const euclidean = boundedNorm(norms.l2, kernels, norm.blocks);
  const { lower, lambda, theta, method } = await smallestCombination(atoms, euclidean, {
    ...(signal && { signal }),
    ...(start && { start }),
  });
  if (lower > 0) return smallestCombination(atoms, norm, { ...options, start: { lambda, theta, ...start } });
  // these multipliers, which tell where 0 is in the hull, and what they prove
  const { rest: _, ...bracket } = await smallestCombination(atoms, norm, { ...options, start: { lambda }, iterations: 0 });
  const upper = upperBound(atoms, norm, lambda);
  return { ...bracket, lambda, upper, closed: bracket.closed && upper <= bracket.upper, method };
}

function supportSamples(lambda: Float64Array, perSample: number): number[] {
  const support = new Set<number>();
  for (const [k, value] of lambda.entries()) if (value > 0) support.add(Math.floor(k / perSample));
  return [...support];
}
