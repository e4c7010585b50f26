import { requireKernels } from "@steepest/kernels";
import { requireMagnitude, requireNumber, requireNumbers, requireObject, requirePositive, requireText } from "../check/require.js";
import { DimensionError } from "../error/errors.js";
import { type AlignmentInput, alignment } from "../margin/alignment.js";
import { marginOf } from "../margin/margin.js";
import { isComfortable } from "../number/binaryScale.js";
import { tangentMarginRatio } from "./tangentMarginRatio.js";

/** Distance of θ / ||θ|| from a KKT point of min ½||θ||² s.t. qᵢ >= 1, in one norm, with the multipliers of the trajectory. */
export interface KktResidual {
  readonly norm: string;
  /** minᵢ qᵢ / ||θ||^L. */
  readonly margin: number;
  /** 1 - alignment: 0 iff stationary. ||θ~||² times it is the Bregman divergence of the paper's approximate KKT conditions. */
  readonly stationarity: number;
  /** Σ λᵢ (qᵢ / q_min - 1), at θ / q_min^(1/L); with several classes a sum over samples and their other classes. */
  readonly complementarity: number;
  /** A lower bound of the tangent margin ratio L q_min / (||θ|| min_λ ||Σ λᵢ yᵢ ∇fᵢ||_*): 1 iff KKT. */
  readonly tangentMarginRatio: number;
}

export interface KktResidualInput extends AlignmentInput {
  /** Id of the norm. */
  readonly norm: string;
  readonly degree: number;
  /** qᵢ / 2^marginExponent. */
  readonly sampleMargins: ArrayLike<number>;
  /** 0 unless the smallest qᵢ is out of the range of f64. Default 0. */
  readonly marginExponent?: number;
  /**
   * The mean of each sample's margins with the weights of its multipliers, divided likewise: with several classes Σⱼ pⱼ (s_y - s_j), p the softmax over the
   * others. Default: `sampleMargins`, which they are where a sample has one margin.
   */
  readonly weightedMargins?: ArrayLike<number>;
  /** wᵢ = -l'(qᵢ) / R. */
  readonly weights: ArrayLike<number>;
}

/**
 * Multipliers λᵢ = wᵢ (||θ|| / ||ghat||_*) q_min^(1 - 2/L). Before perfect accuracy (q_min <= 0) every quantity but the margin is NaN.
 * Source: Tsilivis et al., JMLR 27 (2026), theorem 4 and definition 26.
 *
 * @param input  norms, gradient, sample margins and weights at one θ
 * @returns margin, stationarity, complementarity and tangent margin ratio in the norm of `input`
 */
export function kktResidual(input: KktResidualInput): KktResidual {
  const {
    kernels,
    norm,
    degree,
    normOfTheta,
    dualNormOfGhat,
    sampleMargins,
    marginExponent = 0,
    weightedMargins = sampleMargins,
    weights,
  } = requireObject("kktResidual", input);
  checkInput(input);
  const margins = Array.from(sampleMargins);
  const smallest = margins.reduce((least, q) => Math.min(least, q), Infinity);
  const margin = marginOf(kernels, smallest, normOfTheta, degree, marginExponent);
  if (!(smallest > 0)) return { norm, margin, stationarity: Number.NaN, complementarity: Number.NaN, tangentMarginRatio: Number.NaN };

  const logOfPower =
    (1 - 2 / degree) * (marginExponent === 0 ? kernels.log(smallest) : kernels.log(smallest) + marginExponent * kernels.log(2));
  const [ratio, powerOfSmallest] = [normOfTheta / dualNormOfGhat, kernels.exp(logOfPower)];
  const multiplierScale =
    isComfortable(ratio) && isComfortable(powerOfSmallest)
      ? ratio * powerOfSmallest
      : kernels.exp(kernels.log(normOfTheta) - kernels.log(dualNormOfGhat) + logOfPower); // neither factor need be in range for their product to be
  let complementarity = 0;
  let weightSum = 0;
  margins.forEach((_, i) => {
    if (weights[i] !== 0) complementarity += multiplierScale * weights[i]! * (weightedMargins[i]! / smallest - 1); // the quotient may be infinite there
    weightSum += weights[i]!;
  });
  return {
    norm,
    margin,
    stationarity: 1 - alignment(input),
    complementarity,
    tangentMarginRatio: tangentMarginRatio({
      degree,
      smallest,
      exponent: marginExponent,
      multiplierSum: weightSum,
      normOfTheta,
      dualNorm: dualNormOfGhat,
    }),
  };
}

/** Checks what `alignment` does not look at. */
function checkInput(input: KktResidualInput): void {
  const { sampleMargins, weightedMargins = sampleMargins, weights, marginExponent } = input;
  requireKernels("kernels", input.kernels);
  requireText("norm", input.norm);
  requireNumbers("sampleMargins", sampleMargins);
  requirePositive("degree", input.degree);
  requireMagnitude("normOfTheta", input.normOfTheta);
  requireMagnitude("dualNormOfGhat", input.dualNormOfGhat);
  if (marginExponent !== undefined) requireNumber("marginExponent", marginExponent);
  for (const [path, values] of Object.entries({ weightedMargins, weights })) {
    requireNumbers(path, values);
    if (values.length === sampleMargins.length) continue;
    throw DimensionError.at(path, `has length ${values.length}, expected ${sampleMargins.length} as sampleMargins`, {
      value: values.length,
    });
  }
}
