import { type NormSubject, normLaws, registerLaws } from "@steepest/laws";
import { describe, test } from "vitest";
import { lp, type Norm, norms, weighted } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { normSubject } from "../support/normSubject.js";
import { lawOptions } from "../support/profile.js";

const length = 12;
const wide = Array.from({ length }, (_, i) => 10 ** (((5 * i) % 17) - 8));

/** Options of the laws with a range of entries that stays in that of f64 under diagonals of eight decades up and down, and squares of sums. */
const options = { ...lawOptions, range: [1e-280, 1e280] } as const;

/** Exponents next to both limits and to 2, and diagonals of a wide range: where formulas that hold in between break. */
const members: readonly Norm[] = [
  ...[1 + 2 ** -40, 1.00001, 1.001, 2 - 2 ** -40, 2, 2 + 2 ** -40, 1e4, 1e8, 2 ** 60].map(lp),
  weighted(norms.l1, wide),
  weighted(norms.l2, wide),
  weighted(norms.linf, wide),
];

describe.each(hosts)("norms at their limits on the $host", ({ kernels }) => {
  describe.each(members.map((norm) => [norm.id, norm] as const))("%s", (_id, norm) => {
    const dual = { ...normSubject(norm.dual, kernels), dimension: length };
    const subject: NormSubject = { ...normSubject(norm, kernels), dimension: length, dual };
    registerLaws(test, normLaws, subject, options);
    registerLaws(test, normLaws, { ...dual, dual: subject }, options);
  });
});
