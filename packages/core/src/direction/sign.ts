import { carryingAs } from "../carry/carrier.js";
import { linf } from "../norm/linfAndL1.js";
import type { Direction } from "./direction.js";

/**
 * The signs of another direction's entries: of the orthogonalised momentum in OLion.
 *
 *   outⱼ = sign(uⱼ),  u the other direction; 0 at uⱼ = 0
 *
 * Its length is 1 in ℓ∞. Entries of u that are zero but for rounding have the sign of their rounding.
 * Source: OLion, arXiv:2602.01105.
 *
 * @param inner  a direction
 * @returns a direction
 */
export function signOf(inner: Direction): Direction {
  return {
    id: `sign(${inner.id})`,
    norm: linf,
    expected: "theory is silent on the signs of an orthogonalised gradient",
    ...(inner.decompositions && { decompositions: inner.decompositions }),
    scratch: (shape) => inner.scratch(shape),
    bind: (kernels, shape, region) => {
      const aim = inner.bind(kernels, shape, region);
      return carryingAs(aim, (g, out) => {
        aim(g, out);
        kernels.lmoLinf(out.ptr, out.ptr, out.length); // minus the signs
        kernels.lmoLinf(out.ptr, out.ptr, out.length);
      });
    },
  };
}
