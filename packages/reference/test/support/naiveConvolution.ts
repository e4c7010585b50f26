import { type Conv2dSizes, conv2dOutputs } from "@steepest/kernels";

export interface ConvolutionShape extends Conv2dSizes {
  readonly n: number;
}

/** A term of a convolution: positions, in their arrays, of the input, the weight and the output that meet. */
type Term = (x: number, w: number, z: number) => void;

/** The loops over image, filter, output row and column, channel, tap row and column, in the order in which they are nested, outermost first. */
type Order = readonly ("i" | "f" | "r" | "s" | "c" | "v" | "u")[];

/** Every term of a convolution whose tap meets an entry of the image, in the given order of seven loops. */
function terms(shape: ConvolutionShape, order: Order, visit: Term): void {
  const { n, channels, height, width, filters, size, stride, padding } = shape;
  const { rows, columns } = conv2dOutputs(shape);
  const limits = { i: n, f: filters, r: rows, s: columns, c: channels, v: size, u: size };
  const at = { i: 0, f: 0, r: 0, s: 0, c: 0, v: 0, u: 0 };
  const loop = (depth: number): void => {
    if (depth < order.length) {
      const axis = order[depth]!;
      for (at[axis] = 0; at[axis] < limits[axis]; at[axis]++) loop(depth + 1);
      return;
    }
    const { i, f, r, s, c, v, u } = at;
    const [y, x] = [stride * r + v - padding, stride * s + u - padding];
    if (y < 0 || y >= height || x < 0 || x >= width) return;
    visit(
      ((i * channels + c) * height + y) * width + x,
      ((f * channels + c) * size + v) * size + u,
      ((i * filters + f) * rows + r) * columns + s,
    );
  };
  loop(0);
}

/** Lengths of x, w and z. */
export function lengthsOf(shape: ConvolutionShape): { readonly x: number; readonly w: number; readonly z: number } {
  const { n, channels, height, width, filters, size } = shape;
  const { rows, columns } = conv2dOutputs(shape);
  return { x: n * channels * height * width, w: filters * channels * size * size, z: n * filters * rows * columns };
}

/** The three products by their definition: seven loops that add one product each, in the order of the contract; what lies outside of an image is left out. */
export const convolutions = {
  forward: (shape: ConvolutionShape, x: Float64Array, w: Float64Array): Float64Array => {
    const z = new Float64Array(lengthsOf(shape).z);
    terms(shape, ["c", "v", "u", "i", "f", "r", "s"], (xi, wi, zi) => {
      z[zi]! += x[xi]! * w[wi]!;
    });
    return z;
  },
  inputGradient: (shape: ConvolutionShape, dz: Float64Array, w: Float64Array): Float64Array => {
    const dx = new Float64Array(lengthsOf(shape).x);
    terms(shape, ["v", "u", "f", "i", "c", "r", "s"], (xi, wi, zi) => {
      dx[xi]! += dz[zi]! * w[wi]!;
    });
    return dx;
  },
  weightGradient: (shape: ConvolutionShape, x: Float64Array, dz: Float64Array): Float64Array => {
    const dw = new Float64Array(lengthsOf(shape).w);
    terms(shape, ["i", "r", "s", "f", "c", "v", "u"], (xi, wi, zi) => {
      dw[wi]! += x[xi]! * dz[zi]!;
    });
    return dw;
  },
};
