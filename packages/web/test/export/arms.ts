import { type ArmDefinition, type ExperimentDefinition, optimizers, stepRules } from "@steepest/experiments";

const constant = { rule: "constant", size: 0.02 } as const;
const exactMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;

/** Arms that together hold every form of a norm expression, phases and batches, and the optimisers and step rules with their options. */
const written: Readonly<Record<string, ArmDefinition>> = {
  gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: constant },
  sign: { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step: { rule: "marginPaced", c: 0.5 } },
  coordinate: {
    optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" },
    step: { rule: "marginPaced", c: 0.05, gradients: "bound" },
  },
  spectral: { optimizer: { kind: "steepest", norm: "spectral", normalized: true }, step: { rule: "powerLaw", size: 0.1, exponent: 0.5 } },
  max: {
    optimizer: { kind: "steepest", norm: { max: ["spectral", { lp: 3 }], weights: [1, 0.5] }, normalized: true },
    step: { rule: "warmUp", size: 0.05, steps: 10 },
  },
  sum: { optimizer: { kind: "steepest", norm: { sum: ["nuclear", "rowMax"] }, normalized: false }, step: constant },
  l2Of: {
    optimizer: { kind: "steepest", norm: { l2: ["colMax", { lp: 1.5 }] }, normalized: true },
    step: { rule: "lineSearch", size: 0.1, sufficientDecrease: 1e-4 },
  },
  weighted: {
    optimizer: {
      kind: "steepest",
      norm: { weighted: "l2", diagonal: Array.from({ length: 30 }, (_, i) => 1 + (i % 3)) },
      normalized: true,
    },
    step: constant,
  },
  heavyBall: { optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: true }, step: constant },
  momentum: { optimizer: { kind: "momentum", norm: { lp: 3 }, momentum: 0.8, nesterov: false }, step: constant },
  signum: { optimizer: { kind: "signum", momentum: 0.9 }, step: constant },
  muon: { optimizer: { kind: "muon", ...exactMuon, scale: "aspect" }, step: { rule: "marginPaced", c: 0.5 } },
  newtonSchulz: { optimizer: { kind: "muon", ...exactMuon, orthogonalization: "newtonSchulz", scale: "rms" }, step: constant },
  ownIterations: {
    optimizer: { kind: "muon", ...exactMuon, orthogonalization: { newtonSchulz: { coefficients: [[2, -1.5, 0.5]], steps: 4 } } },
    step: constant,
  },
  polarExpress: {
    optimizer: { kind: "muon", ...exactMuon, orthogonalization: { polarExpress: { steps: 5, lower: 1e-3 } } },
    step: constant,
  },
  spectralPower: { optimizer: { kind: "muon", ...exactMuon, orthogonalization: { spectralPower: 0.5 } }, step: constant },
  polarSign: {
    optimizer: { kind: "muon", ...exactMuon, momentum: 0.5, orthogonalization: { sign: "exact" }, scale: "rms" },
    step: { rule: "marginPaced", c: 0.5 },
  },
  decayedHeavyBall: { optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: false, decay: 0.1 }, step: constant },
  decayedMomentum: { optimizer: { kind: "momentum", norm: "spectral", momentum: 0.9, nesterov: true, decay: 0.1 }, step: constant },
  decayedSignum: { optimizer: { kind: "signum", momentum: 0.9, decay: 0.1 }, step: constant },
  decayedMuon: { optimizer: { kind: "muon", ...exactMuon, decay: 0.1 }, step: constant },
  epsilonInside: {
    optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-3, epsilonPlacement: "inside" },
    step: constant,
  },
  muonSignum: { optimizer: { kind: "muonSignum", muon: exactMuon, signum: { momentum: 0.9 }, rowScale: 0.5 }, step: constant },
  muonAdam: {
    optimizer: { kind: "muonAdam", muon: exactMuon, adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, rowScale: 0.5 },
    step: constant,
  },
  scion: { optimizer: { kind: "scion", norm: "spectral", momentum: 0.9 }, step: constant },
  constrained: { optimizer: { kind: "scion", norm: { max: ["colMax", "linf"] }, momentum: 0.9, radius: 3 }, step: constant },
  adam: { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, step: constant },
  adamW: { optimizer: { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1 }, step: constant },
  rmsProp: { optimizer: { kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0.9 }, step: { rule: "constant", size: 0.003 } },
  adaGrad: { optimizer: { kind: "adaGrad", epsilon: 1e-10 }, step: { rule: "lossBased", size: 0.05, rollback: false } },
  lion: { optimizer: { kind: "lion", beta1: 0.9, beta2: 0.99, decay: 0.1 }, step: constant },
  shampoo: { optimizer: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 }, step: constant },
  mirror: {
    optimizer: { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 0.1 } },
    step: { rule: "lossBased", size: 0.01, rollback: true },
  },
  rescaling: {
    optimizer: {
      kind: "progressiveRescaling",
      optimizer: { kind: "steepest", norm: "l2", normalized: false },
      period: 10,
      growth: 1.5,
    },
    step: { rule: "lossBased", size: 0.1, rollback: false },
  },
  switching: {
    optimizer: { kind: "steepest", norm: "l2", normalized: false },
    step: constant,
    phases: [
      {
        when: "perfectAccuracy",
        optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
        step: { rule: "backtracking", relativeSize: 0.03, tolerance: 0 },
      },
      { when: { step: 60 }, optimizer: { kind: "signum", momentum: 0.5 }, step: constant },
      { when: { logRiskBelow: -1 }, step: { rule: "constant", size: 0.001 } },
    ],
    stop: { steps: 90 },
  },
  batches: {
    optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 0 },
    step: constant,
    batch: { size: 6, order: "shuffled" },
  },
};

/** The arms above, and the examples of those optimisers and step rules of the registries of which they hold none. */
export const arms: Readonly<Record<string, ArmDefinition>> = {
  ...written,
  ...Object.fromEntries(
    Object.entries(optimizers)
      .filter(([kind]) => !Object.values(written).some(({ optimizer }) => optimizer.kind === kind))
      .flatMap(([kind, { examples, firstStep }]) =>
        examples.map((optimizer, i) => [`${kind}-${i + 1}`, { optimizer, step: firstStep ?? constant }] as const),
      ),
  ),
  ...Object.fromEntries(
    Object.entries(stepRules)
      .filter(
        ([rule]) => !Object.values(written).some(({ step, phases = [] }) => [{ step }, ...phases].some((part) => part.step?.rule === rule)),
      )
      .flatMap(([rule, { examples }]) =>
        examples.map((step, i) => [`${rule}-${i + 1}`, { optimizer: written.sign!.optimizer, step }] as const),
      ),
  ),
};

/** Small enough that every arm runs in milliseconds. */
export const everything: ExperimentDefinition = {
  id: "everything",
  source: "a test",
  question: "does the program\n do what the definition says?",
  dataset: { kind: "teacherStudent", inputDim: 5, teacherWidth: 2, nonzerosPerNeuron: 3, minTeacherScore: 0.1, trainSize: 16, testSize: 0 },
  network: { kind: "mlp", hidden: [5], activation: "relu", init: { law: "normalFanIn", scale: 0.5 } },
  loss: { kind: "logistic", reduction: "sum" },
  arms,
  seeds: [3],
  stop: { steps: 120 },
  record: {
    probes: [
      "logRisk",
      "minMargin",
      "trainAccuracy",
      "alignment",
      "supportCount",
      "worstSoftMarginDrop",
      "kkt.stationarity.own",
      "kkt.averageTangentMarginRatio.l2",
      "update.alignment.linf",
      "frankWolfeGap.own",
      "direction.pathLength",
      "softMarginGrowth.totalSlack",
      "margin.own",
      "softMargin.own",
      "margin.linf",
      "softMargin.max(1*spectral,0.5*linf)",
      "norm.lp(3)",
      "health.marginChange",
      "health.deadSamples",
      "health.lostUpdates",
      "health.softMarginFall",
      "optimizer.epsilonShare",
    ],
    pointsPerDecade: 6,
    at: [17],
  },
  claims: [],
  figure: [],
};
