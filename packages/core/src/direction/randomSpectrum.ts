import { carrying } from "../carry/carrier.js";
import { knownOptions } from "../check/knownKeys.js";
import { requireInteger, requireNonNegative, requirePositive } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { fillUniform, streams } from "../random/draw.js";
import type { Direction } from "./direction.js";
import { spectrumDirection } from "./spectrum.js";

export interface RandomSpectrumOptions {
  /** The least singular value, >= 0. */
  readonly low: number;
  /** The bound of the singular values, > 0: they are uniform in [low, high), or all `high` where the two are equal. */
  readonly high: number;
  /** Seed of the numbers; every run of an optimiser draws the same. */
  readonly seed: number;
}

/**
 * The singular vectors of the gradient with random singular values, new ones in every step.
 *
 *   G = U Σ Vᵀ      out = -U diag(s) Vᵀ,  s independent and uniform in [low, high)
 *
 * It points downhill, -<G, out> = Σ σᵢ sᵢ, and its mean over the draws is (low + high) / 2 times the polar factor. Null directions give 0.
 * Source: "Muon is not that special", arXiv:2605.11181, for the question.
 *
 * @param options  the range 0 <= low <= high of the values, high > 0, and the seed
 * @returns a direction that differs from call to call
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function randomSpectrum(options: RandomSpectrumOptions): Direction {
  const { low, high, seed } = knownOptions("randomSpectrum", options, { low: true, high: true, seed: true });
  requireNonNegative("randomSpectrum.low", low);
  requirePositive("randomSpectrum.high", high);
  requireInteger("randomSpectrum.seed", seed, 0);
  if (low > high) {
    throw new DefinitionError(`randomSpectrum.low: must be at most high = ${high}, got ${low}`, { path: "randomSpectrum.low", value: low });
  }
  return spectrumDirection({
    id: "randomSpectrum",
    expected:
      "theory is silent on random singular values; their mean is that of the polar factor, the steepest direction of the spectral norm",
    start: (kernels, numbers) => {
      const own = { step: 0 };
      return carrying(
        () => {
          fillUniform(kernels, numbers, seed, streams.spectra + own.step++);
          let taken = 0;
          return (sigma: Float64Array) => {
            const uniforms = numbers.view.subarray(taken, taken + sigma.length);
            taken += sigma.length;
            return uniforms.map((uniform) => low + uniform * (high - low));
          };
        },
        (carrier) => carrier.values(own),
      );
    },
  });
}
