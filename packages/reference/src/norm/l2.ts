import type { NormKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

/** The direction of gradient descent, and the projection onto the Euclidean ball. */
export function l2Kernels({ f64 }: Memory): Pick<NormKernels, "lmoL2" | "projectL2"> {
  const projectL2: NormKernels["projectL2"] = (x, out, n, scale, scaledNorm, radius) => {
    const [source, target] = [x >>> 3, out >>> 3];
    for (let i = 0; i < n; i++) f64[target + i] = radius * ((scale * f64[source + i]!) / scaledNorm);
  };

  return {
    lmoL2(g, out, n, scale, scaledNorm) {
      if (scaledNorm === 0) f64.fill(0, out >>> 3, (out >>> 3) + n);
      else projectL2(g, out, n, scale, scaledNorm, -1);
    },
    projectL2,
  };
}
