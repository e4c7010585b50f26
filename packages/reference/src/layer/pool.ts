import type { PoolingKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

type WindowKernels = Pick<PoolingKernels, "maxPoolForward" | "maxPoolBackward" | "averagePoolForward" | "averagePoolBackward">;

/** Sizes of a pooling: planes of height x width, windows of size x size, `stride` apart. */
interface Pooling {
  readonly planes: number;
  readonly height: number;
  readonly width: number;
  readonly size: number;
  readonly stride: number;
}

/** Calls `visit` for every window in the order of z, with the index of its first entry relative to the image and its own index. */
function eachWindow({ planes, height, width, size, stride }: Pooling, visit: (corner: number, window: number) => void): void {
  let window = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let row = 0; row + size <= height; row += stride) {
      for (let column = 0; column + size <= width; column += stride) visit((plane * height + row) * width + column, window++);
    }
  }
}

/** Calls `visit` for every entry of a window in row-major order, with its index. */
function eachEntry(corner: number, { size, width }: Pooling, visit: (index: number) => void): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) visit(corner + row * width + column);
  }
}

export function windowKernels({ f64 }: Memory): WindowKernels {
  return {
    maxPoolForward(x, z, n, channels, height, width, size, stride) {
      const pooling = { planes: n * channels, height, width, size, stride };
      eachWindow(pooling, (corner, window) => {
        let best = f64[(x >>> 3) + corner]!;
        eachEntry(corner, pooling, (index) => {
          const value = f64[(x >>> 3) + index]!;
          if (value > best || Number.isNaN(value)) best = value;
        });
        f64[(z >>> 3) + window] = best;
      });
    },
    maxPoolBackward(x, z, dz, dx, n, channels, height, width, size, stride) {
      const pooling = { planes: n * channels, height, width, size, stride };
      const to = dx >>> 3;
      f64.fill(0, to, to + n * channels * height * width);
      eachWindow(pooling, (corner, window) => {
        const best = f64[(z >>> 3) + window]!;
        let first = -1;
        eachEntry(corner, pooling, (index) => {
          const value = f64[(x >>> 3) + index]!;
          if (first < 0 && (value === best || Number.isNaN(value))) first = index;
        });
        f64[to + first]! += Number.isNaN(best) ? best : f64[(dz >>> 3) + window]!;
      });
    },
    averagePoolForward(x, z, n, channels, height, width, size, stride) {
      const pooling = { planes: n * channels, height, width, size, stride };
      eachWindow(pooling, (corner, window) => {
        let sum = 0;
        eachEntry(corner, pooling, (index) => {
          sum += f64[(x >>> 3) + index]!;
        });
        f64[(z >>> 3) + window] = sum / (size * size);
      });
    },
    averagePoolBackward(dz, dx, n, channels, height, width, size, stride) {
      const pooling = { planes: n * channels, height, width, size, stride };
      const to = dx >>> 3;
      f64.fill(0, to, to + n * channels * height * width);
      eachWindow(pooling, (corner, window) => {
        const share = f64[(dz >>> 3) + window]! / (size * size);
        eachEntry(corner, pooling, (index) => {
          f64[to + index]! += share;
        });
      });
    },
  };
}
