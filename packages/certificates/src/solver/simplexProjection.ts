/**
 * out ← the Euclidean projection of v onto {μ >= 0 : Σ cₖ μₖ = 1}, c > 0: μₖ = max(vₖ - τ cₖ, 0) with the τ at which the sum is 1.
 *
 * By Newton's method on the piecewise linear Σ cₖ max(vₖ - τ cₖ, 0) from a τ below the answer, which ends exactly after as many steps as the active set
 * shrinks. Source: Condat, Mathematical Programming 158 (2016), section 2, Michelot's algorithm, with weights.
 */
export function projectOntoSimplex(v: Float64Array, c: Float64Array, out: Float64Array): void {
  let [sum, squares] = [0, 0];
  for (let k = 0; k < v.length; k++) {
    sum += c[k]! * v[k]!;
    squares += c[k]! * c[k]!;
  }
  let tau = (sum - 1) / squares;
  let active = v.length;
  for (;;) {
    [sum, squares] = [0, 0];
    let count = 0;
    for (let k = 0; k < v.length; k++) {
      if (!(v[k]! > tau * c[k]!)) continue;
      sum += c[k]! * v[k]!;
      squares += c[k]! * c[k]!;
      count += 1;
    }
    if (count === 0) break;
    const next = (sum - 1) / squares;
    if (!(next > tau) || count === active) {
      tau = Math.max(next, tau);
      break;
    }
    [tau, active] = [next, count];
  }
  for (let k = 0; k < v.length; k++) out[k] = Math.max(v[k]! - tau * c[k]!, 0);
}
