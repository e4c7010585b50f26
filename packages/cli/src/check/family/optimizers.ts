import { arrayOptimizer, type Optimizer, type OptimizerIdentity, optimizerIdentities, type TrainHost } from "@steepest/core";
import { type IdentitySubject, optimizerLaws, type Stepper } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";

/** The laws' rows have at most 8 entries; 50 n eps is 100 roundings per entry of the longer side. */
const extraRoundings = 100 * 8;

function subjectOf({ left, right, sameBits, on, decomposes }: OptimizerIdentity, host: TrainHost): IdentitySubject {
  const starting =
    (optimizer: Optimizer) =>
    (length: number): Stepper => {
      const { aim, move } = arrayOptimizer(optimizer, on ?? { length, blocks: [{ offset: 0, rows: 1, columns: length }] }, host.kernels);
      return (theta, gradient, logRisk, eta) => {
        aim(theta, gradient, logRisk);
        return move(theta, { size: eta, logScale: 0 }).theta;
      };
    };
  return {
    left: starting(left),
    right: starting(right),
    sameBits,
    ...(on && { dimension: on.length }),
    ...(decomposes && { extraRoundings }),
  };
}

/** Pairs of optimisers of the core whose steps are equal in exact arithmetic. */
export const optimizerFamily: Family = defineFamily<IdentitySubject>({
  id: "optimizers",
  laws: optimizerLaws,
  members: { left: "function", right: "function" },
  own: (host) => Object.fromEntries(Object.entries(optimizerIdentities).map(([name, identity]) => [name, subjectOf(identity, host)])),
});
