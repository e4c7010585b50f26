import { axpy } from "../vector/axpy";
import { dot } from "../vector/dot";
import { euclidean } from "../vector/euclidean";
import { dotQuad } from "./dotQuad";

/**
 * makeReflector: the reflector I − τ v vᵀ that takes x to β e₁.
 *
 * x: f64[n], finite, n ≥ 1; overwritten by v with v₀ = 1, |vᵢ| ≤ 1; beta, tau: addresses of f64. A zero x stays as it is, β = τ = 0.
 * β = −sign(x₀) ‖x‖₂ (`euclidean`), so that x₀ − β does not cancel; vᵢ = xᵢ / (x₀ − β); τ = (x₀ − β) / −β.
 */
export function makeReflector(x: usize, n: i32, beta: usize, tau: usize): void {
  const length = euclidean(x, n);
  const alpha = load<f64>(x);
  const image = alpha < 0 ? length : -length;
  const denominator = alpha - image;
  store<f64>(beta, length == 0 ? 0 : image);
  store<f64>(tau, length == 0 ? 0 : denominator / -image);
  if (length == 0) return;

  store<f64>(x, 1);
  const end = x + ((<usize>n) << 3);
  const divisors = f64x2.splat(denominator);
  for (x += 8; x + 8 < end; x += 16) v128.store(x, f64x2.div(v128.load(x), divisors));
  if (x < end) store<f64>(x, load<f64>(x) / denominator);
}

/**
 * applyReflector: every strand y ← y − (τ dot(v, y)) v.
 *
 * v: f64[n]; strands: `count` of f64[n], `stride` bytes apart; products: f64[4], scratch.
 */
export function applyReflector(v: usize, n: i32, tau: f64, strands: usize, stride: usize, count: i32, products: usize): void {
  for (; count >= 4; count -= 4, strands += stride * 4) {
    dotQuad(v, strands, stride, n, products);
    axpy(v, strands, n, -(tau * load<f64>(products)));
    axpy(v, strands + stride, n, -(tau * load<f64>(products, 8)));
    axpy(v, strands + stride * 2, n, -(tau * load<f64>(products, 16)));
    axpy(v, strands + stride * 3, n, -(tau * load<f64>(products, 24)));
  }
  for (; count > 0; --count, strands += stride) axpy(v, strands, n, -(tau * dot(v, strands, n)));
}
