import { ArenaPlan, type KernelFactory, largestOf } from "@steepest/kernels";
import { type NormFamilySubject, normFamilyLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { type BoundNorm, bindNorm, lp, type Norm, normScratch, norms } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { oneRow } from "../support/normSubject.js";
import { lawOptions } from "../support/profile.js";

/** lp with its limits: ℓ1 at 1, ℓ∞ at ∞. */
function member(p: number): Norm {
  if (p === 1) return norms.l1;
  return p === Infinity ? norms.linf : lp(p);
}

/** The lp family in one piece of memory per length, in which every p is bound when it is asked: laws draw thousands of them. */
function familySubject(factory: KernelFactory): NormFamilySubject {
  const memories = new Map<number, ReturnType<typeof memory>>();
  const memory = (length: number) => {
    const shape = { length, blocks: oneRow(length) };
    const size = largestOf([norms.l1, norms.linf, lp(3)].map((norm) => normScratch(norm, shape)));
    const arena = new ArenaPlan().span(length).span(length).region(size).allocate(factory);
    return { shape, kernels: arena.kernels, input: arena.span(length), output: arena.span(length), scratch: arena.region(size) };
  };
  const holding = (x: Float64Array) => {
    const made = memories.get(x.length) ?? memory(x.length);
    memories.set(x.length, made);
    made.input.view.set(x);
    return made;
  };
  return {
    at: (p) => {
      const on = <T>(x: Float64Array, use: (norm: BoundNorm, made: ReturnType<typeof memory>) => T): T => {
        const made = holding(x);
        return use(bindNorm(made.kernels, member(p), made.shape, made.scratch), made);
      };
      return {
        norm: (x) => on(x, (norm, { input }) => norm.norm(input)),
        dualNorm: (g) => on(g, (norm, { input }) => norm.dualNorm(input)),
        lmo: (g) =>
          on(g, (norm, { input, output }) => {
            norm.lmo(input, output);
            return output.view.slice();
          }),
      };
    },
  };
}

describe.each(hosts)("lp for every p on the $host", ({ kernels }) => {
  const notAsked = registerLaws(test, normFamilyLaws, familySubject(kernels), lawOptions);
  test("every law is asked", () => expect(notAsked).toEqual([]));
});
