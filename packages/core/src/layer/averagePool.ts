import type { Layer, LayerMember } from "./layer.js";
import { type PoolOptions, poolLayer } from "./pool.js";

/**
 * Average-pooling: the mean of every window of a channel.
 *
 * @param options  size and stride of the windows, in pixels; what is left at the lower and right edge is dropped
 * @returns a linear layer without weights
 * @throws DefinitionError  on an unknown option, a number below 1, and, where it is used, on an image smaller than the window
 */
export function averagePool(options: PoolOptions): Layer {
  return poolLayer(
    "averagePool",
    options,
    "avg_pool2d",
    (sizes) => (kernels) => ({
      forward: (x, _w, z, n) => kernels.averagePoolForward(x, z, n, ...sizes),
      inputGradient: ({ dz, dx }, n) => kernels.averagePoolBackward(dz, dx, n, ...sizes),
    }),
    true,
  );
}

export const averagePoolMember: LayerMember = {
  factory: "averagePool",
  make: averagePool,
  title: "average-pooling",
  examples: () => ({ "average-pooling": averagePool({ size: 2, stride: 1 }) }),
};
