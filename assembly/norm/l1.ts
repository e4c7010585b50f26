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
 * projectL1: outᵢ ← sign(xᵢ) max(|xᵢ| − τ, 0), the Euclidean projection onto {‖u‖₁ ≤ radius}; x itself if ‖x‖₁ ≤ radius.
 *
 *   τ = (Σ of the k largest |xᵢ| − radius) / k, with the k that counts up from 1 while the k-th largest exceeds its τ
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. radius ≥ 0. scratch: f64[n]. Any NaN in x makes every out NaN.
 * Source: Duchi, Shalev-Shwartz, Singer, Chandra, ICML 2008, with a heap instead of a sort: only the entries that stay are ordered.
 */
export function projectL1(x: usize, out: usize, n: i32, radius: f64, scratch: usize): void {
  const end = x + ((<usize>n) << 3);
  const largest = maxAbs(x, n);
  const tau = largest != largest ? NaN : threshold(x, n, radius, scratch);
  if (tau <= 0) {
    memory.copy(out, x, (<usize>n) << 3);
    return;
  }
  for (; x < end; x += 8, out += 8) {
    const value = load<f64>(x);
    store<f64>(out, copysign(max(abs(value) - tau, 0), value));
  }
}

/** τ > 0 of the soft threshold, or 0 if x lies in the ball. */
function threshold(x: usize, n: i32, radius: f64, heap: usize): f64 {
  for (let i = 0; i < n; ++i) store<f64>(at(heap, i), abs(load<f64>(at(x, i))));
  for (let i = (n >> 1) - 1; i >= 0; --i) siftDown(heap, i, n);

  let sum: f64 = 0;
  let tau: f64 = 0;
  for (let k = 1; k <= n; ++k) {
    const kth = load<f64>(heap);
    sum += kth;
    const candidate = (sum - radius) / <f64>k;
    if (k > 1 && !(kth > candidate)) break;
    tau = candidate;
    store<f64>(heap, load<f64>(at(heap, n - k)));
    siftDown(heap, 0, n - k);
  }
  return sum <= radius ? 0 : tau;
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
