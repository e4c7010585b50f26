import { entryOf, type Kernels, Scratch, type Sized, type Span } from "@steepest/kernels";
import { type Carrying, carryingAs } from "../carry/carrier.js";
import type { NormShape } from "../norm/norm.js";
import { singularScratch, singularValueCalculus } from "../norm/singular.js";
import type { Direction } from "./direction.js";

/** The singular values that a direction gives a matrix, from those of the gradient that are not null, decreasing: as many. */
export type Spectrum = (sigma: Float64Array) => Float64Array;

/** The spectrum of the next step. Where steps leave nothing behind for later ones, `carry` is absent. */
export type SpectrumStart = (() => Spectrum) & Carrying;

/** A direction with the singular vectors of the gradient and other singular values: out = -U diag(spectrum(σ)) Vᵀ, null directions 0. */
export interface SpectrumDirection extends Pick<Direction, "id" | "expected"> {
  /**
   * Starts a run; what it returns is called at the beginning of every step, whose spectra are then asked for in layer order.
   *
   * @param numbers  scratch, a number for every singular value of all matrices
   */
  start(kernels: Kernels, numbers: Span): SpectrumStart;
}

function pieces(shape: NormShape): Scratch<{ numbers: number; inside: Sized }> {
  const count = shape.blocks.reduce((sum, { rows, columns }) => sum + Math.min(rows, columns), 0);
  return new Scratch({ numbers: count, inside: singularScratch(shape) });
}

/** The direction of a rule for singular values. */
export function spectrumDirection({ start, ...description }: SpectrumDirection): Direction {
  return {
    ...description,
    decompositions: ["polar"],
    scratch: pieces,
    bind: (kernels, shape, region) => {
      const { numbers, inside } = pieces(shape).cut(kernels, region);
      const svd = singularValueCalculus(kernels, shape, inside);
      const next = start(kernels, numbers);
      return carryingAs(next, (g, out) => {
        const spectrum = next();
        for (const block of shape.blocks) {
          const { sigma, rank } = svd.decompose(entryOf(g, block.offset), block);
          const values = spectrum(sigma.subarray(0, rank));
          svd.assemble(
            entryOf(out, block.offset),
            block,
            values.map((value) => -value),
          );
        }
      });
    },
  };
}
