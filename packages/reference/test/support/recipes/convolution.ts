import { type Conv2dSizes, type ConvolutionKernels, conv2dOutputs, conv2dScratchBytes } from "@steepest/kernels";
import fc from "fast-check";
import { anyVector, input, number, output, type Recipe, scratch } from "./recipe.js";

interface Shape extends Conv2dSizes {
  readonly n: number;
}

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** One of the sizes is `length`, the others are small; empty images, no filters and filters larger than the image occur. */
function shapes(length: number): fc.Arbitrary<Shape> {
  const sizes = {
    n: small(0, 2),
    channels: small(0, 3),
    height: small(0, 4),
    width: small(0, 5),
    filters: small(0, 5),
    size: small(1, 3),
    stride: small(1, 3),
    padding: small(0, 2),
  };
  const growing = ["n", "channels", "height", "width", "filters"] as const;
  return fc.oneof(...growing.map((axis) => fc.record({ ...sizes, [axis]: fc.constant(length) }) as fc.Arbitrary<Shape>));
}

const images = ({ n, channels, height, width }: Shape): number => n * channels * height * width;
const weights = ({ filters, channels, size }: Shape): number => filters * channels * size * size;
const outputs = (shape: Shape): number => {
  const { rows, columns } = conv2dOutputs(shape);
  return shape.n * shape.filters * rows * columns;
};

const convolution =
  (inputs: readonly ((shape: Shape) => number)[], result: (shape: Shape) => number): Recipe =>
  (length) =>
    shapes(length).chain((shape) =>
      fc.tuple(...inputs.map((lengthOf) => anyVector(lengthOf(shape)))).map((values) => {
        const { n, channels, height, width, filters, size, stride, padding } = shape;
        const numbers = [n, channels, height, width, filters, size, stride, padding].map(number);
        return [...values.map((value) => input(value)), output(result(shape)), ...numbers, scratch(conv2dScratchBytes(shape))];
      }),
    );

export const convolutionRecipes: Record<keyof ConvolutionKernels, Recipe> = {
  conv2dForward: convolution([images, weights], outputs),
  conv2dInputGradient: convolution([outputs, weights], images),
  conv2dWeightGradient: convolution([images, outputs, ({ n }) => n], weights),
};
