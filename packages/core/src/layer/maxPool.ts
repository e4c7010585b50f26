import type { Layer, LayerMember } from "./layer.js";
import { type PoolOptions, poolLayer } from "./pool.js";

/**
 * Max-pooling: the largest entry of every window of a channel. The gradient goes to the first of the largest, in row-major order.
 *
 * @param options  size and stride of the windows, in pixels; what is left at the lower and right edge is dropped
 * @returns a layer without weights, of degree 1 in its input
 * @throws DefinitionError  on an unknown option, a number below 1, and, where it is used, on an image smaller than the window
 */
export function maxPool(options: PoolOptions): Layer {
  return poolLayer("maxPool", options, "max_pool2d", (sizes) => (kernels) => ({
    forward: (x, _w, z, n) => kernels.maxPoolForward(x, z, n, ...sizes),
    inputGradient: ({ x, z, dz, dx }, n) => kernels.maxPoolBackward(x, z, dz, dx, n, ...sizes),
  }));
}

export const maxPoolMember: LayerMember = {
  factory: "maxPool",
  make: maxPool,
  title: "max-pooling",
  examples: () => ({ "max-pooling": maxPool({ size: 2, stride: 1 }) }),
};
