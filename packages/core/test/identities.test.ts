import { optimizerLaws, registerLaws } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import {
  adam,
  adamW,
  heavyBall,
  lp,
  maxOf,
  mirrorDescent,
  momentumDescent,
  muon,
  muonSignum,
  type Norm,
  norms,
  type Optimizer,
  rmsProp,
  scion,
  shampoo,
  signum,
  steepestDescent,
} from "../src/index.js";
import { hosts } from "./hosts.js";
import { oneMatrix, twoBlocks } from "./normSubject.js";
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
  "Signum(0) is sign descent": { left: signum({ momentum: 0 }), right: descent(norms.linf), sameBits: true },
  "MomentumGD(0) is normalised gradient descent": {
    left: momentumDescent({ norm: norms.l2, momentum: 0, nesterov: true }),
    right: descent(norms.l2),
    sameBits: true,
  },
  "heavy ball(0) is gradient descent": {
    left: heavyBall({ momentum: 0, nesterov: true }),
    right: steepestDescent({ norm: norms.l2, normalized: false }),
    sameBits: true,
  },
  "Muon(0) with the exact polar factor is spectral descent": {
    left: muon({ momentum: 0, nesterov: false, orthogonalization: "exact", scale: "spectral" }),
    right: descent(norms.spectral),
    sameBits: true,
    blocksOf: oneMatrix,
    extraRoundings,
  },
  "Scion without momentum and ball is steepest descent in its norm": {
    left: scion({ norm: norms.colMax, momentum: 0 }),
    right: descent(norms.colMax),
    sameBits: true,
    blocksOf: oneMatrix,
  },
  "AdamW without decay is Adam": {
    left: adamW({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0 }),
    right: adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
    sameBits: true,
  },
  "Muon-Signum(0) is steepest descent in the hybrid norm": {
    left: muonSignum({
      muon: { momentum: 0, nesterov: false, orthogonalization: "exact", scale: "spectral" },
      signum: { momentum: 0 },
      rowScale: 2,
    }),
    right: descent(maxOf([norms.spectral, norms.linf], [1, 0.5])),
    sameBits: true,
    blocksOf: twoBlocks,
    dimension: 12,
    extraRoundings,
  },
  "Shampoo(-1/4) without accumulation is spectral descent": {
    left: shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }),
    right: descent(norms.spectral),
    sameBits: true,
    blocksOf: oneMatrix,
    extraRoundings,
  },
  "mirror descent in ½||θ||² is gradient descent": {
    left: mirrorDescent({ potential: { kind: "quadratic" } }),
    right: steepestDescent({ norm: norms.l2, normalized: false }),
  },
  "RMSProp(0) is sign descent": {
    left: rmsProp({ decay: 0, epsilon: 0, momentum: 0 }),
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
