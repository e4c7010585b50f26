import { maxOf } from "../norm/combine.js";
import { lp } from "../norm/lp.js";
import type { Norm, NormShape } from "../norm/norm.js";
import { norms } from "../norm/registry.js";
import { adam } from "./adam.js";
import { adamW } from "./adamW.js";
import { heavyBall } from "./heavyBall.js";
import { mirrorDescent } from "./mirrorDescent.js";
import { momentumDescent } from "./momentumDescent.js";
import { muon } from "./muon.js";
import { muonSignum } from "./muonHybrid.js";
import type { Optimizer } from "./optimizer.js";
import { rmsProp } from "./rmsProp.js";
import { scion } from "./scion.js";
import { shampoo } from "./shampoo.js";
import { signum } from "./signum.js";
import { steepestDescent } from "./steepestDescent.js";

/** Two optimisers whose steps are equal in exact arithmetic. */
export interface OptimizerIdentity {
  readonly left: Optimizer;
  readonly right: Optimizer;
  /** true: they agree bit for bit; false: up to rounding. */
  readonly sameBits: boolean;
  /** Shape of θ for which the identity holds; absent: one row of any length. */
  readonly on?: NormShape;
  /** true: a side decomposes matrices, which is accurate to 50 n ε of the longer side n. */
  readonly decomposes?: boolean;
}

/** The weights of a network 4-3-1. */
const twoLayers: NormShape = {
  length: 15,
  blocks: [
    { offset: 0, rows: 3, columns: 4 },
    { offset: 12, rows: 1, columns: 3 },
  ],
};

const descent = (norm: Norm, normalized = true): Optimizer => steepestDescent({ norm, normalized });
const memoryless = { momentum: 0, nesterov: false } as const;
const exactMuon = { ...memoryless, orthogonalization: "exact", scale: "spectral" } as const;
const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const hybrid = maxOf([norms.spectral, norms.linf], [1, 0.5]);
const onMatrices = { sameBits: true, on: twoLayers, decomposes: true } as const;

/** Identities between the optimisers of this package, by name; `@steepest/laws` checks them. */
export const optimizerIdentities: Readonly<Record<string, OptimizerIdentity>> = {
  "adam(0, 0) is sign descent": { left: adam({ beta1: 0, beta2: 0, epsilon: 0 }), right: descent(norms.linf), sameBits: true },
  "rmsProp(0) is sign descent": { left: rmsProp({ decay: 0, epsilon: 0, momentum: 0 }), right: descent(norms.linf), sameBits: true },
  "signum(0) is sign descent": { left: signum({ momentum: 0 }), right: descent(norms.linf), sameBits: true },
  "momentum(0) is steepest": { left: momentumDescent({ norm: lp(3), ...memoryless }), right: descent(lp(3)), sameBits: true },
  "nesterov(0) is normalised l2": {
    left: momentumDescent({ norm: norms.l2, momentum: 0, nesterov: true }),
    right: descent(norms.l2),
    sameBits: true,
  },
  "heavyBall(0) is gradient descent": { left: heavyBall(memoryless), right: descent(norms.l2, false), sameBits: true },
  "adamW without decay is adam": { left: adamW({ ...someAdam, decay: 0 }), right: adam(someAdam), sameBits: true },
  "quadratic mirror descent is l2": {
    left: mirrorDescent({ potential: { kind: "quadratic" } }),
    right: descent(norms.l2, false),
    sameBits: true,
  },
  "muon(0) is spectral": { left: muon(exactMuon), right: descent(norms.spectral), ...onMatrices },
  "shampoo(-1/4, no sum) is spectral": {
    left: shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }),
    right: descent(norms.spectral),
    ...onMatrices,
  },
  "muonSignum(0) is hybrid": {
    left: muonSignum({ muon: exactMuon, signum: { momentum: 0 }, rowScale: 2 }),
    right: descent(hybrid),
    ...onMatrices,
  },
  "scion(0) is steepest": { left: scion({ norm: hybrid, momentum: 0 }), right: descent(hybrid), ...onMatrices },
  "lp(2) is l2": { left: descent(lp(2)), right: descent(norms.l2), sameBits: false },
  "spectral of a row is l2": { left: descent(norms.spectral), right: descent(norms.l2), sameBits: false, decomposes: true },
  "nuclear of a row is l2": { left: descent(norms.nuclear), right: descent(norms.l2), sameBits: false, decomposes: true },
  "rowMax of a row is l2": { left: descent(norms.rowMax), right: descent(norms.l2), sameBits: false },
  "colMax of a row is linf": { left: descent(norms.colMax), right: descent(norms.linf), sameBits: false },
};
