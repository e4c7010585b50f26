import { bytes, conv2dScratchBytes } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireInteger } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import { type FeatureShape, imagesSource } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import { withBias } from "./bias.js";
import type { Layer, LayerMember } from "./layer.js";
import { requireWeightOptions, type WeightOptions } from "./weightOptions.js";
import { requireWindow, type WindowOptions, windowed } from "./window.js";

export interface Conv2dOptions extends WeightOptions {
  /** Output channels: filters. */
  readonly channels: number;
  /** Side of the square filters, in pixels. */
  readonly size: number;
  /** Pixels from one position of a filter to the next, both ways. Default 1. */
  readonly stride?: number | undefined;
  /** Pixels of zeros around the image. Default 0. */
  readonly padding?: number | undefined;
}

function convolution(shape: FeatureShape, filters: number, { size, stride, padding }: WindowOptions): Operation {
  const { channels, height, width } = shape;
  const sizes = [channels, height, width, filters, size, stride, padding] as const;
  return {
    degree: 1,
    isMajorized: true,
    sampleGradient: "formed",
    scalesSamples: true,
    pytorch: (x, w) => {
      const filters4 = `${w}.reshape(${filters}, ${channels}, ${size}, ${size})`;
      return `torch.nn.functional.conv2d(${imagesSource(x, shape)}, ${filters4}, stride=${stride}, padding=${padding}).flatten(1)`;
    },
    scratch: () => bytes(conv2dScratchBytes({ channels, height, width, filters, size, stride, padding })),
    bind: (kernels, { ptr }) => ({
      forward: (x, w, z, n) => kernels.conv2dForward(x, w, z, n, ...sizes, ptr),
      inputGradient: ({ w, dz, dx }, n) => kernels.conv2dInputGradient(dz, w, dx, n, ...sizes, ptr),
      weightGradient: (x, dz, dw, n, coefficients = 0) => kernels.conv2dWeightGradient(x, dz, coefficients, dw, n, ...sizes, ptr),
    }),
  };
}

/**
 * A convolution of images: z[f][r][s] = Σ w[f][c][v][u] x[c][stride r + v - padding][stride s + u - padding], a cross-correlation, zeros around.
 *
 * Norms see one matrix with a row per filter, w[channels][input channels · size · size].
 *
 * @param options  channels: the number of filters; size, stride, padding in pixels; bias, frozen, weights
 * @returns a layer of one weight matrix, of degree 1 in it and in its input
 * @throws DefinitionError  on an unknown option, a number out of its range, and, where it is used, on an image smaller than the filter
 * @example
 * conv2d({ channels: 8, size: 5, padding: 2 })
 */
export function conv2d(options: Conv2dOptions): Layer {
  const {
    channels,
    size,
    stride = 1,
    padding = 0,
    ...kept
  } = knownOptions("conv2d", options, {
    channels: true,
    size: true,
    stride: true,
    padding: true,
    bias: true,
    frozen: true,
    weights: true,
  });
  const window = { size, stride, padding };
  requireInteger("conv2d.channels", channels, 1);
  requireWindow("conv2d", window);
  requireWeightOptions("conv2d", kept);
  const { bias = false, frozen = false, weights } = kept;
  return recorded("conv2d", [options], {
    kind: "conv2d",
    record: (recorder, input, path) => {
      const fanIn = input.shape.channels * size * size;
      const shape = { ...windowed(path, input.shape, window), channels };
      const block = recorder.block({ name: weights, role: "layer", rows: channels, columns: fanIn, fanIn, frozen });
      const product = recorder.apply(convolution(input.shape, channels, window), input, shape, block);
      return bias ? withBias(recorder, product, { fanIn, frozen }) : product;
    },
  });
}

export const conv2dMember: LayerMember = {
  factory: "conv2d",
  make: conv2d,
  title: "convolution",
  examples: () => ({ convolution: conv2d({ channels: 3, size: 2, padding: 1, stride: 2 }) }),
};
