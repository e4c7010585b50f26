/**
 * The effective number of support samples, (Σ wᵢ)² / Σ wᵢ²: Kish's effective sample size of the weights, also known as their participation ratio. n where all
 * weights are equal, 1 where one sample has all of the weight. Weights below 2^-1074 of the largest are 0 and change no digit.
 * Source: Kish, Survey Sampling (1965), section 11.7.
 */
export function effectiveSupportCount(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const w of weights) {
    sum += w;
    squares += w * w;
  }
  return (sum * sum) / squares;
}
