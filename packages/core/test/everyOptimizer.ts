import {
  adaGrad,
  adam,
  adamW,
  decoupledDecay,
  heavyBall,
  lion,
  lp,
  maxOf,
  mirrorDescent,
  momentumDescent,
  muon,
  muonAdam,
  muonSignum,
  norms,
  type Optimizer,
  progressiveRescaling,
  rmsProp,
  scion,
  shampoo,
  signum,
  steepestDescent,
} from "../src/index.js";

const exactMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;

/**
 * One of each, and the variants whose code differs; what every optimiser must do is asked of all of them. On two layers, the second one row.
 *
 * @param logFrame  added to the logarithm of every epsilon
 */
export function optimizersInFrame(logFrame: number): Readonly<Record<string, Optimizer>> {
  const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: { log: Math.log(1e-3) + logFrame } };
  return {
    ...Object.fromEntries(
      Object.entries(norms).flatMap(([id, norm]) =>
        [true, false].map((normalized) => [`steepest ${id}${normalized ? ", normalised" : ""}`, steepestDescent({ norm, normalized })]),
      ),
    ),
    "smoothed l1": steepestDescent({ norm: norms.l1, normalized: true, smoothing: "alignment" }),
    "smoothed linf": steepestDescent({ norm: norms.linf, normalized: false, smoothing: "alignment" }),
    "heavy ball": heavyBall({ momentum: 0.9, nesterov: false }),
    nesterov: heavyBall({ momentum: 0.9, nesterov: true }),
    momentum: momentumDescent({ norm: lp(3), momentum: 0.9, nesterov: true }),
    signum: signum({ momentum: 0.9 }),
    muon: muon(exactMuon),
    "muon, Newton-Schulz": muon({ ...exactMuon, orthogonalization: "newtonSchulz", scale: "rms" }),
    muonSignum: muonSignum({ muon: { ...exactMuon, scale: "aspect" }, signum: { momentum: 0.9 }, rowScale: 0.5 }),
    muonAdam: muonAdam({ muon: exactMuon, adam: someAdam, rowScale: 2 }),
    scion: scion({ norm: maxOf([norms.colMax, norms.linf], [1, 2]), momentum: 0.9 }),
    "scion in a ball": scion({ norm: norms.spectral, momentum: 0.9, radius: 3 }),
    adam: adam(someAdam),
    "adam, epsilon inside": adam({ ...someAdam, epsilon: { log: 2 * someAdam.epsilon.log }, epsilonPlacement: "inside" }),
    adamW: adamW({ ...someAdam, decay: 0.1 }),
    lion: lion({ beta1: 0.9, beta2: 0.99 }),
    "lion with decay": decoupledDecay(lion({ beta1: 0.9, beta2: 0.99 }), 0.1),
    rmsProp: rmsProp({ decay: 0.9, epsilon: 0, momentum: 0.5 }),
    adaGrad: adaGrad({ epsilon: 0 }),
    shampoo: shampoo({ exponent: "quarter", accumulate: true, epsilon: 0 }),
    "shampoo, sequential half": shampoo({ exponent: "sequentialHalf", accumulate: true, epsilon: 0 }),
    "shampoo without accumulation": shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }),
    "mirror descent, power": mirrorDescent({ potential: { kind: "power", p: 3 } }),
    "mirror descent, hyperbolic entropy": mirrorDescent({ potential: { kind: "hyperbolicEntropy", beta: 0.5 } }),
    prgd: progressiveRescaling(steepestDescent({ norm: norms.l2, normalized: false }), { period: 3, growth: 1.5 }),
  };
}

export const everyOptimizer: Readonly<Record<string, Optimizer>> = optimizersInFrame(0);
