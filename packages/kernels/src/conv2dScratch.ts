/** Sizes of a convolution of square filters with images. */
export interface Conv2dSizes {
  /** Channels, rows and columns of an image. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly filters: number;
  /** Rows, and columns, of a filter. */
  readonly size: number;
  readonly stride: number;
  /** Zeros around each image, on every side. */
  readonly padding: number;
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/**
 * Rows and columns of the outputs of a convolution: ⌊(extent + 2 padding - size) / stride⌋ + 1, or 0 where the filter is larger than the padded image.
 *
 * @param sizes  sizes of the convolution
 * @returns the two numbers
 */
export function conv2dOutputs({ height, width, size, stride, padding }: Conv2dSizes): { readonly rows: number; readonly columns: number } {
  const outputs = (extent: number): number => Math.max(0, Math.floor((extent + 2 * padding - size) / stride) + 1);
  return { rows: outputs(height), columns: outputs(width) };
}

/** Bytes of a plane: an odd number of cache lines. */
function planeBytes(rows: number, columns: number): number {
  const lines = Math.ceil((8 * rows * columns) / 64);
  return 64 * (lines + 1 - (lines % 2));
}

/**
 * Bytes that `conv2dForward`, `conv2dInputGradient` and `conv2dWeightGradient` need at `scratch` for these sizes: packed weights or sums, the padded images of
 * one sample, packed gradients of one sample, offsets.
 *
 * @param sizes  sizes of the convolution; the number of samples does not matter
 * @returns a number of bytes
 */
export function conv2dScratchBytes(sizes: Conv2dSizes): number {
  const { channels, height, width, filters, size, stride, padding } = sizes;
  const { rows, columns } = conv2dOutputs(sizes);
  const [taps, filterSlots, channelSlots] = [channels * size * size, roundUp(filters, 4), roundUp(channels, 4)];
  const reach = Math.floor((size - 1) / stride);
  const phases = Math.min(size, stride);
  const places = (extent: number): number => reach + Math.trunc((extent - 1 + padding) / stride) + 1;

  const inputPlanes = channels * phases * phases * planeBytes(rows + reach, roundUp(columns, 4) + reach);
  const gradientPlanes = 8 * filters * Math.max(rows + reach, places(height)) * Math.max(columns + reach, places(width));
  const [inputs, tileEntry, axes] = [height * width, 64, 64];
  const [shape, tile] = [64, 128];
  const forward = shape + tile + 8 * filterSlots * taps + inputPlanes + 4 * taps;
  const inputGradient = shape + 8 * channelSlots * filters * size * size + gradientPlanes + 32 * inputs + axes + tileEntry * inputs;
  const weightGradient = shape + 8 * filterSlots * (roundUp(taps, 4) + rows * columns) + inputPlanes + 4 * roundUp(taps, 4);
  return roundUp(Math.max(forward, inputGradient, weightGradient), 8);
}
