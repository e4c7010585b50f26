import { type ConvolutionKernels, conv2dOutputs } from "@steepest/kernels";
import type { Memory } from "../memory.js";

/** Convolutions in plain loops, four filters or channels at a time; nothing is copied and the scratch space stays as it is. */
export function convolutionKernels({ f64 }: Memory): ConvolutionKernels {
  return { conv2dForward: forward(f64), conv2dInputGradient: inputGradient(f64), conv2dWeightGradient: weightGradient(f64) };
}

function forward(f64: Float64Array): ConvolutionKernels["conv2dForward"] {
  return (x, w, z, n, channels, height, width, filters, size, stride, padding) => {
    const { rows, columns } = conv2dOutputs({ channels, height, width, filters, size, stride, padding });
    const taps = channels * size * size;
    for (let i = 0; i < n; i += 1) {
      const image = (x >>> 3) + i * channels * height * width;
      for (let f = 0; f < filters; f += 4) {
        const [w0, w1, w2, w3] = quad((w >>> 3) + f * taps, taps, filters - f);
        for (let r = 0; r < rows; r += 1) {
          for (let s = 0; s < columns; s += 1) {
            let [c0, c1, c2, c3] = [0, 0, 0, 0];
            for (let c = 0, k = 0; c < channels; c += 1) {
              for (let v = 0; v < size; v += 1) {
                const y = stride * r + v - padding;
                const row = image + (c * height + y) * width;
                const end = y >= 0 && y < height ? width : 0;
                for (let u = stride * s - padding; u < stride * s - padding + size; u += 1, k += 1) {
                  const value = u >= 0 && u < end ? f64[row + u]! : 0;
                  c0 += value * f64[w0 + k]!;
                  c1 += value * f64[w1 + k]!;
                  c2 += value * f64[w2 + k]!;
                  c3 += value * f64[w3 + k]!;
                }
              }
            }
            const pixels = rows * columns;
            store(f64, (z >>> 3) + (i * filters + f) * pixels + r * columns + s, pixels, filters - f, c0, c1, c2, c3);
          }
        }
      }
    }
  };
}

function inputGradient(f64: Float64Array): ConvolutionKernels["conv2dInputGradient"] {
  return (dz, w, dx, n, channels, height, width, filters, size, stride, padding) => {
    const { rows, columns } = conv2dOutputs({ channels, height, width, filters, size, stride, padding });
    const [taps, pixels] = [size * size, rows * columns];
    for (let i = 0; i < n; i += 1) {
      const gradient = (dz >>> 3) + i * filters * pixels;
      for (let c = 0; c < channels; c += 4) {
        const [w0, w1, w2, w3] = quad((w >>> 3) + c * taps, taps, channels - c);
        for (let y = 0; y < height; y += 1) {
          for (let x = 0; x < width; x += 1) {
            let [c0, c1, c2, c3] = [0, 0, 0, 0];
            for (let v = (y + padding) % stride; v < size; v += stride) {
              const r = (y + padding - v) / stride;
              for (let u = (x + padding) % stride; u < size; u += stride) {
                const s = (x + padding - u) / stride;
                const isInside = r >= 0 && r < rows && s >= 0 && s < columns;
                let from = gradient + r * columns + s;
                let k = v * size + u;
                for (let f = 0; f < filters; f += 1, from += pixels, k += channels * taps) {
                  const value = isInside ? f64[from]! : 0;
                  c0 += value * f64[w0 + k]!;
                  c1 += value * f64[w1 + k]!;
                  c2 += value * f64[w2 + k]!;
                  c3 += value * f64[w3 + k]!;
                }
              }
            }
            const image = height * width;
            store(f64, (dx >>> 3) + (i * channels + c) * image + y * width + x, image, channels - c, c0, c1, c2, c3);
          }
        }
      }
    }
  };
}

function weightGradient(f64: Float64Array): ConvolutionKernels["conv2dWeightGradient"] {
  return (x, dz, coefficients, dw, n, channels, height, width, filters, size, stride, padding) => {
    const { rows, columns } = conv2dOutputs({ channels, height, width, filters, size, stride, padding });
    const pixels = rows * columns;
    const taps = channels * size * size;
    for (let f = 0; f < filters; f += 4) {
      for (let k = 0; k < taps; k += 1) {
        const [c, v, u] = [Math.floor(k / (size * size)), Math.floor(k / size) % size, k % size];
        let [c0, c1, c2, c3] = [0, 0, 0, 0];
        for (let i = 0; i < n; i += 1) {
          const factor = coefficients === 0 ? 1 : f64[(coefficients >>> 3) + i]!;
          let [d0, d1, d2, d3] = quad((dz >>> 3) + (i * filters + f) * pixels, pixels, filters - f);
          for (let r = 0; r < rows; r += 1) {
            const y = stride * r + v - padding;
            const row = (x >>> 3) + ((i * channels + c) * height + y) * width;
            const end = y >= 0 && y < height ? width : 0;
            for (let s = 0, at = u - padding; s < columns; s += 1, at += stride) {
              const value = at >= 0 && at < end ? f64[row + at]! : 0;
              c0 += value * (factor * f64[d0++]!);
              c1 += value * (factor * f64[d1++]!);
              c2 += value * (factor * f64[d2++]!);
              c3 += value * (factor * f64[d3++]!);
            }
          }
        }
        store(f64, (dw >>> 3) + f * taps + k, taps, filters - f, c0, c1, c2, c3);
      }
    }
  };
}

/** Positions of four vectors, `stride` apart, of which `count` exist; the last one stands for those that do not. */
function quad(first: number, stride: number, count: number): [number, number, number, number] {
  const at = (index: number): number => first + stride * Math.min(index, count - 1);
  return [at(0), at(1), at(2), at(3)];
}

/** The first `count` of four values, `stride` apart. */
function store(f64: Float64Array, at: number, stride: number, count: number, c0: number, c1: number, c2: number, c3: number): void {
  f64[at] = c0;
  if (count > 1) f64[at + stride] = c1;
  if (count > 2) f64[at + 2 * stride] = c2;
  if (count > 3) f64[at + 3 * stride] = c3;
}
