import { optimizerLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { adam, lp, type Norm, norms, type Optimizer, steepestDescent } from "../src/index.js";
import { hosts } from "./hosts.js";
import { type Identity, identitySubject } from "./optimizerSubject.js";
import { lawOptions } from "./profile.js";

const descent = (norm: Norm): Optimizer => steepestDescent({ norm, normalized: true });

/** On one row of at most 8 entries; a decomposition is held to 50 n ε, that is 100 roundings per entry. */
const extraRoundings = 100 * 8;

const identities: Readonly<Record<string, Identity>> = {
  "Adam(0, 0, ε = 0) is sign descent": {
    left: adam({ beta1: 0, beta2: 0, epsilon: 0 }),
    right: descent(norms.linf),
    sameBits: true,
  },
  "lp(2) descent is gradient descent": { left: descent(lp(2)), right: descent(norms.l2) },
  "spectral descent of a row is gradient descent": { left: descent(norms.spectral), right: descent(norms.l2), extraRoundings },
  "nuclear descent of a row is gradient descent": { left: descent(norms.nuclear), right: descent(norms.l2), extraRoundings },
};

describe.each(hosts)("identities on the $host", ({ kernels }) => {
  const notAsked: Record<string, readonly string[]> = {};
  describe.each(Object.entries(identities))("%s", (name, identity) => {
    notAsked[name] = registerLaws(test, optimizerLaws, identitySubject(identity, kernels), lawOptions);
  });

  test("every law is asked, except for the same bits of those that do not say so", () => {
    const expected = Object.entries(identities).map(([name, { sameBits }]) => [name, sameBits ? [] : ["identity-same-bits"]]);
    expect(notAsked).toEqual(Object.fromEntries(expected));
  });
});
