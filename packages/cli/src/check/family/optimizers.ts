import { adam, lp, type Norm, norms, type Optimizer, steepestDescent, type TrainHost } from "@steepest/core";
import { type IdentitySubject, optimizerLaws, type Stepper } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { optimizerInMemory } from "../optimizerInMemory.js";

/** Parameters as one row, on which the norms of matrices are norms of vectors. */
function onOneRow(optimizer: Optimizer, host: TrainHost): (n: number) => Stepper {
  return (n) => optimizerInMemory(optimizer, { length: n, blocks: [{ offset: 0, rows: 1, columns: n }] }, host);
}

const descent = (norm: Norm): Optimizer => steepestDescent({ norm, normalized: true });

interface Identity {
  readonly left: Optimizer;
  readonly right: Optimizer;
  readonly sameBits: boolean;
}

const identities: Readonly<Record<string, Identity>> = {
  "adam(0, 0) is sign descent": { left: adam({ beta1: 0, beta2: 0, epsilon: 0 }), right: descent(norms.linf), sameBits: true },
  "lp(2) is l2": { left: descent(lp(2)), right: descent(norms.l2), sameBits: false },
  "spectral of a row is l2": { left: descent(norms.spectral), right: descent(norms.l2), sameBits: false },
  "rowMax of a row is l2": { left: descent(norms.rowMax), right: descent(norms.l2), sameBits: false },
  "colMax of a row is linf": { left: descent(norms.colMax), right: descent(norms.linf), sameBits: false },
};

/** Pairs of optimisers of the core that mathematics says are one. */
export const optimizerFamily: Family = defineFamily<IdentitySubject>({
  id: "optimizers",
  laws: optimizerLaws,
  members: { left: "function", right: "function" },
  own: (host) =>
    Object.fromEntries(
      Object.entries(identities).map(([name, { left, right, sameBits }]) => [
        name,
        { left: onOneRow(left, host), right: onOneRow(right, host), sameBits },
      ]),
    ),
});
