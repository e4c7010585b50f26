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
  type NormShape,
  norms,
  type Optimizer,
  rmsProp,
  scion,
  shampoo,
  signum,
  steepestDescent,
  type TrainHost,
} from "@steepest/core";
import { type IdentitySubject, optimizerLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { optimizerInMemory } from "../optimizerInMemory.js";

interface Identity {
  readonly left: Optimizer;
  readonly right: Optimizer;
  readonly sameBits: boolean;
  /** Parameters are one row, of any length, unless they are these matrices. */
  readonly on?: NormShape;
}

/** The weights of a network 4-3-1. */
const twoLayers: NormShape = {
  length: 15,
  blocks: [
    { offset: 0, rows: 3, columns: 4 },
    { offset: 12, rows: 1, columns: 3 },
  ],
};

/** 50 n eps for the longest side n: what an exact singular value decomposition is held to. */
const extraRoundings = 100 * 4;

const descent = (norm: Norm, normalized = true): Optimizer => steepestDescent({ norm, normalized });
const memoryless = { momentum: 0, nesterov: false } as const;
const exactMuon = { ...memoryless, orthogonalization: "exact", scale: "spectral" } as const;
const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const hybrid = maxOf([norms.spectral, norms.linf], [1, 0.5]);

const identities: Readonly<Record<string, Identity>> = {
  "adam(0, 0) is sign descent": { left: adam({ beta1: 0, beta2: 0, epsilon: 0 }), right: descent(norms.linf), sameBits: true },
  "rmsProp(0) is sign descent": { left: rmsProp({ decay: 0, epsilon: 0, momentum: 0 }), right: descent(norms.linf), sameBits: true },
  "signum(0) is sign descent": { left: signum({ momentum: 0 }), right: descent(norms.linf), sameBits: true },
  "momentum(0) is steepest": { left: momentumDescent({ norm: lp(3), ...memoryless }), right: descent(lp(3)), sameBits: true },
  "heavyBall(0) is gradient descent": { left: heavyBall(memoryless), right: descent(norms.l2, false), sameBits: true },
  "adamW without decay is adam": { left: adamW({ ...someAdam, decay: 0 }), right: adam(someAdam), sameBits: true },
  "quadratic mirror descent is l2": {
    left: mirrorDescent({ potential: { kind: "quadratic" } }),
    right: descent(norms.l2, false),
    sameBits: false,
  },
  "muon(0) is spectral": { left: muon(exactMuon), right: descent(norms.spectral), sameBits: true, on: twoLayers },
  "shampoo(-1/4, no sum) is spectral": {
    left: shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }),
    right: descent(norms.spectral),
    sameBits: true,
    on: twoLayers,
  },
  "muonSignum(0) is hybrid": {
    left: muonSignum({ muon: exactMuon, signum: { momentum: 0 }, rowScale: 2 }),
    right: descent(hybrid),
    sameBits: true,
    on: twoLayers,
  },
  "scion(0) is steepest": { left: scion({ norm: hybrid, momentum: 0 }), right: descent(hybrid), sameBits: true, on: twoLayers },
  "lp(2) is l2": { left: descent(lp(2)), right: descent(norms.l2), sameBits: false },
  "spectral of a row is l2": { left: descent(norms.spectral), right: descent(norms.l2), sameBits: false },
  "rowMax of a row is l2": { left: descent(norms.rowMax), right: descent(norms.l2), sameBits: false },
  "colMax of a row is linf": { left: descent(norms.colMax), right: descent(norms.linf), sameBits: false },
};

function subjectOf({ left, right, sameBits, on }: Identity, host: TrainHost): IdentitySubject {
  const starting = (optimizer: Optimizer) => (length: number) =>
    optimizerInMemory(optimizer, on ?? { length, blocks: [{ offset: 0, rows: 1, columns: length }] }, host);
  return { left: starting(left), right: starting(right), sameBits, ...(on && { dimension: on.length, extraRoundings }) };
}

/** Pairs of optimisers of the core that mathematics says are one. */
export const optimizerFamily: Family = defineFamily<IdentitySubject>({
  id: "optimizers",
  laws: optimizerLaws,
  members: { left: "function", right: "function" },
  own: (host) => Object.fromEntries(Object.entries(identities).map(([name, identity]) => [name, subjectOf(identity, host)])),
});
