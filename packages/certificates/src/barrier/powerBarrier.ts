import type { Kernels } from "@steepest/kernels";
import { type Doubled, difference, doubled, product, quotient, scaled, sum } from "../arithmetic/doubled.js";
import type { DoubledVector } from "../arithmetic/doubledVector.js";
import { type Barrier, type Derivatives, type Scaled, valueAt } from "./barrier.js";

/**
 * The barrier of |y| < u^α ℓ^(1-α), 0 < α < 1, u and ℓ > 0,
 *
 *   -log(ψ - y²) - (1 - α) log u - α log ℓ,  ψ = u^(2α) ℓ^(2-2α)
 *
 * whose powers are those of doubles. With α = 1/p and Σ uⱼ < ℓ it bounds an ℓp norm by ℓ.
 * Source: Chares, Cones and interior-point algorithms for structured convex optimization involving powers and exponentials (2009).
 */
export class PowerBarrier implements Barrier {
  readonly parameter = 3;
  readonly #kernels: Kernels;
  readonly #entry: Scaled;
  readonly #share: Scaled;
  readonly #limit: Scaled;
  readonly #exponent: number;

  /**
   * @param kernels   have log and exp
   * @param entry     y
   * @param share     u
   * @param limit     ℓ
   * @param exponent  α
   */
  constructor(kernels: Kernels, entry: Scaled, share: Scaled, limit: Scaled, exponent: number) {
    [this.#kernels, this.#entry, this.#share, this.#limit, this.#exponent] = [kernels, entry, share, limit, exponent];
  }

  add(x: DoubledVector, to: Derivatives): boolean {
    const [y, u, limit] = [valueAt(x, this.#entry), valueAt(x, this.#share), valueAt(x, this.#limit)];
    if (!(u.high > 0 && limit.high > 0)) return false;
    const alpha = this.#exponent;
    // ℓ² (u/ℓ)^(2α)
    const ratio = quotient(u, limit);
    const power = this.#kernels.exp(2 * alpha * this.#kernels.log(ratio.high)) * (1 + (2 * alpha * ratio.low) / ratio.high);
    const psi = scaled(product(limit, limit), power);
    const rest = difference(psi, product(y, y));
    if (!(rest.high > 0)) return false;
    const one = doubled(1);
    const [perU, perLimit] = [quotient(one, u), quotient(one, limit)];
    const perRest = quotient(one, rest);
    const share = product(psi, perRest); // ψ / q
    const [a, b] = [2 * alpha, 2 - 2 * alpha];
    const alongY = scaled(product(y, perRest), 2);
    const [psiU, psiLimit] = [scaled(product(share, perU), a), scaled(product(share, perLimit), b)]; // ψ_u / q, ψ_ℓ / q
    to.addSlope(this.#entry, alongY);
    to.addSlope(this.#share, difference(scaled(psiU, -1), scaled(perU, 1 - alpha)));
    to.addSlope(this.#limit, difference(scaled(psiLimit, -1), scaled(perLimit, alpha)));
    if (!to.hessian) return true;
    const minus = (value: Doubled): Doubled => scaled(value, -1);
    to.addCurvature(this.#entry, this.#entry, sum(scaled(perRest, 2), product(alongY, alongY)));
    to.addCurvature(this.#entry, this.#share, minus(product(alongY, psiU)));
    to.addCurvature(this.#entry, this.#limit, minus(product(alongY, psiLimit)));
    // -ψ_ab / q + ψ_a ψ_b / q²
    const uu = difference(product(psiU, psiU), scaled(product(psiU, perU), a - 1));
    to.addCurvature(this.#share, this.#share, sum(uu, scaled(product(perU, perU), 1 - alpha)));
    to.addCurvature(this.#share, this.#limit, difference(product(psiU, psiLimit), scaled(product(psiU, perLimit), b)));
    const ll = difference(product(psiLimit, psiLimit), scaled(product(psiLimit, perLimit), b - 1));
    to.addCurvature(this.#limit, this.#limit, sum(ll, scaled(product(perLimit, perLimit), alpha)));
    return true;
  }
}
