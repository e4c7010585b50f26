// Windows of images, for convolutions and pooling.
import { list, must } from "./rules.mjs";

/** The number of the value 0, of which the padding is. */
const zero = 0;

/** The values in every position of a window: of one channel after another, and in a channel by rows. */
export function windowsOf({ shape: [channels, height, width], values }, { size, stride, padding = 0 }) {
  const [down, across] = [height, width].map((length) => Math.floor((length + 2 * padding - size) / stride) + 1);
  must(down > 0 && across > 0 && padding < size, `windows of size ${size} do not fit an image of ${height} x ${width}`);
  const isInside = (i, j) => i >= 0 && i < height && j >= 0 && j < width;
  const valueAt = (k, i, j) => (isInside(i, j) ? values[(k * height + i) * width + j] : zero);
  const window = (k, top, left) => list(size * size, (at) => valueAt(k, top + Math.floor(at / size), left + (at % size)));
  const corners = list(down * across, (at) => [Math.floor(at / across) * stride - padding, (at % across) * stride - padding]);
  return { shape: [channels, down, across], windows: list(channels, (k) => corners.map(([top, left]) => window(k, top, left))) };
}

/** A unit per window. */
export function pooled(place, { size, stride = size }, rule) {
  const { shape, windows } = windowsOf(place, { size, stride });
  return { shape, reads: windows.flat(), rule };
}
