import { type LabelledData, type MatrixBlock, type Norm, type NormExpression, normOf } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import type { KernelFactory } from "@steepest/kernels";
import { linearAtoms } from "../atoms/linearAtoms.js";
import { boundedNorm } from "../bound/boundedNorm.js";
import { type Bracket, type CombinationOptions, smallestCombination } from "../solver/smallestCombination.js";
import { type NegativeMargin, negativeMargin } from "./negativeMargin.js";
import { originSimplex } from "./originSimplex.js";

export interface MaxMarginOptions extends CombinationOptions {
  /** Makes the kernels of the norm's memory, `loadKernels(bytes)` of `@steepest/kernels`. */
  readonly kernels: KernelFactory;
}

/** The largest margin of linear models on a data set, between bounds, and what carries it. */
export interface MaxMargin extends Bracket {
  /** true: `lower` > 0, so that `theta` separates. false: proven that nothing does. undefined: neither, 0 is a combination of the atoms but for rounding. */
  readonly separable: boolean | undefined;
  /** Samples with multipliers that are not 0, in their order. */
  readonly support: readonly number[];
  /** For two classes that are proven not to be separable: the largest of the negative margins, over ||θ|| = 1. */
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
 * @param norm     a norm, or its expression, on θ in ℝ^(1×d), or on the matrix W in ℝ^(C×d)
 * @param options  kernels, tolerance, start and limits
 * @returns bounds, points, support, and whether the maximiser is the only one
 * @throws DataError        if inputs are not finite, or labels are not what they should be
 * @throws DefinitionError  if the norm does not fit, or an entry is out of the range in which bounds can be computed
 */
export async function maxMargin(data: LabelledData, norm: Norm | NormExpression, options: MaxMarginOptions): Promise<MaxMargin> {
  checkData("data", data, false);
  const { kernels, ...rest } = options;
  const atoms = linearAtoms(data);
  const blocks: readonly MatrixBlock[] = [{ offset: 0, rows: data.classes ?? 1, columns: data.inputDim }];
  const given = typeof norm === "object" && "bind" in norm ? norm : normOf(norm);
  const bounded = boundedNorm(given, kernels, blocks);
  const bracket = await smallestCombination(atoms, bounded, rest);
  const perSample = (data.classes ?? 2) - 1;
  const support = supportSamples(bracket.lambda, perSample);
  if (bracket.lower > 0) return { ...bracket, separable: true, support };
  const simplex = originSimplex(atoms, bracket.lambda);
  const negative = simplex && data.classes === undefined ? await negativeMargin(atoms, bounded, simplex) : undefined;
  return { ...bracket, separable: simplex ? false : undefined, support, ...(negative && { negative }) };
}

function supportSamples(lambda: Float64Array, perSample: number): number[] {
  const support = new Set<number>();
  for (const [k, value] of lambda.entries()) if (value > 0) support.add(Math.floor(k / perSample));
  return [...support];
}
