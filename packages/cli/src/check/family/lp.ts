import { arrayNorm, lp, norms } from "@steepest/core";
import { type NormFamilySubject, normFamilyLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";

/** Longer vectors than the laws draw; an lp norm keeps nothing in kernel memory between calls, so that all of them may share one. */
const memoryBytes = 2 ** 16;

/** l1, lp(p) and linf as one family of norms. */
export const lpFamily: Family = defineFamily<NormFamilySubject>({
  id: "lp",
  laws: normFamilyLaws,
  members: { at: "function" },
  own: (host) => {
    const kernels = host.kernels(memoryBytes);
    return {
      "lp, 1 to infinity": {
        at: (p) => {
          const norm = p === 1 ? norms.l1 : p === Infinity ? norms.linf : lp(p);
          return arrayNorm(
            norm,
            () => kernels,
            (length) => [{ offset: 0, rows: 1, columns: length }],
          );
        },
      },
    };
  },
});
