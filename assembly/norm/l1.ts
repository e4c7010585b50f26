import { argmaxAbs } from "../vector/argmaxAbs";
import { maxAbs } from "../vector/maxAbs";

/**
 * lmoL1: out ← −sign(gⱼ) eⱼ with j = argmaxAbs(g), the steepest direction in ℓ1: one coordinate, the lowest index of the largest.
 *
 * g, out: f64[n], 8-byte aligned, n ≥ 0; out may be g. g = 0 gives 0; a NaN gⱼ gives outⱼ = NaN.
 */
export function lmoL1(g: usize, out: usize, n: i32): void {
  if (n == 0) return;
  const offset = (<usize>argmaxAbs(g, n)) << 3;
  const steepest = load<f64>(g + offset);
  memory.fill(out, 0, (<usize>n) << 3);
  store<f64>(out + offset, steepest > 0 ? -1.0 : steepest < 0 ? 1.0 : steepest == 0 ? 0.0 : NaN);
}

/**
 * projectL1: outᵢ ← sign(xᵢ) max(σ − (M − |xᵢ|), 0), M = maxᵢ |xᵢ|: the Euclidean projection onto {‖u‖₁ ≤ radius}; x itself if ‖x‖₁ ≤ radius.
 *
 *   σ = (radius + Σ of the k smallest gaps M − |xᵢ|) / k, with the k that counts up from 1 while the next gap is below its σ
 *
 * The soft threshold is τ = M − σ, never formed: at a small radius |xᵢ| − τ would cancel, while σ is a sum of positive terms and at most the radius.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. radius ≥ 0. scratch: f64[n]. Any NaN in x makes every out NaN.
 * Source: Duchi, Shalev-Shwartz, Singer, Chandra, ICML 2008, with a heap instead of a sort: only the entries that stay are ordered.
 */
export function projectL1(x: usize, out: usize, n: i32, radius: f64, scratch: usize): void {
  const end = x + ((<usize>n) << 3);
  const largest = maxAbs(x, n);
  const top = largest != largest ? NaN : largestPart(x, n, largest, radius, scratch);
  if (top >= largest) {
    memory.copy(out, x, (<usize>n) << 3);
    return;
  }
  for (; x < end; x += 8, out += 8) {
    const value = load<f64>(x);
    store<f64>(out, copysign(max(top - (largest - abs(value)), 0), value));
  }
}

/** σ < largest, the largest entry of the projection, or `largest` if x lies in the ball. */
function largestPart(x: usize, n: i32, largest: f64, radius: f64, heap: usize): f64 {
  for (let i = 0; i < n; ++i) store<f64>(at(heap, i), abs(load<f64>(at(x, i))));
  for (let i = (n >> 1) - 1; i >= 0; --i) siftDown(heap, i, n);

  let sum: f64 = 0;
  let gaps: f64 = 0;
  let top = radius;
  for (let k = 1; k <= n; ++k) {
    const kth = load<f64>(heap);
    sum += kth;
    if (k > 1 && !(largest - kth < top)) break;
    gaps += largest - kth;
    top = (radius + gaps) / <f64>k;
    store<f64>(heap, load<f64>(at(heap, n - k)));
    siftDown(heap, 0, n - k);
  }
  return sum <= radius ? largest : top;
}

/** Restores the max-heap below `i` in f64[size]. */
function siftDown(heap: usize, i: i32, size: i32): void {
  const value = load<f64>(at(heap, i));
  for (let child = 2 * i + 1; child < size; child = 2 * i + 1) {
    if (child + 1 < size && load<f64>(at(heap, child + 1)) > load<f64>(at(heap, child))) ++child;
    if (!(load<f64>(at(heap, child)) > value)) break;
    store<f64>(at(heap, i), load<f64>(at(heap, child)));
    i = child;
  }
  store<f64>(at(heap, i), value);
}

function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}
