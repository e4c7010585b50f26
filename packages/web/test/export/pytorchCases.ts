import { type NormId, norms as registered, smoothedNorms } from "@steepest/core";
import { type ArmDefinition, type ExperimentDefinition, optimizers, stepRules } from "@steepest/experiments";
import { arms, everything } from "./arms.js";

export interface Case {
  readonly definition: ExperimentDefinition;
  readonly arm: string;
  /** The largest difference that the allowance may grow to, 0: the rows are equal as they are; absent: `largestAllowance` of the test. */
  readonly within?: number;
}

const probes = ["logRisk", "margin.l1", "margin.l2", "margin.linf", "margin.spectral"];
const base: ExperimentDefinition = { ...everything, record: { ...everything.record, probes } };

/** The members of the registries without a translation, by the key that names them. */
export const untranslated: Readonly<Record<"kind" | "rule", readonly string[]>> = {
  kind: withoutTranslation(optimizers),
  rule: withoutTranslation(stepRules),
};

function withoutTranslation(registry: Readonly<Record<string, { readonly pytorch?: unknown }>>): string[] {
  return Object.entries(registry).flatMap(([id, { pytorch }]) => (pytorch ? [] : [id]));
}

/** Arms of `arms` that have no translation, with the word that the refusal names. */
export const untranslatable: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(arms).flatMap(
      ([
        arm,
        {
          optimizer: { kind },
          step: { rule },
        },
      ]) => [
        ...(untranslated.rule.includes(rule) ? [[arm, `step.rule: "${rule}"`] as const] : []),
        ...(untranslated.kind.includes(kind) ? [[arm, `optimizer.kind: "${kind}"`] as const] : []),
      ],
    ),
  ),
  switching: 'arms.switching.phases: "phases"',
  batches: 'arms.batches.batch: "batch"',
};

/** Arms that make much of a nudge: a line search; and SOAP with an epsilon not far above rounding, which takes null directions for ones with a gradient. */
const sensitive: readonly string[] = ["l2Of", "soap-1"];

type Optimizer = ArmDefinition["optimizer"];
type Norm = Extract<Optimizer, { readonly kind: "steepest" }>["norm"];

export function of(optimizer: Optimizer, step: ArmDefinition["step"], changes: Partial<ExperimentDefinition> = {}): Case {
  return { definition: { ...base, ...changes, arms: { only: { optimizer, step } } }, arm: "only" };
}

export const steepest = (norm: Norm, normalized = true): Optimizer => {
  const smoothing = smoothedNorms.includes(norm as NormId) ? ({ smoothing: "none" } as const) : {};
  return { kind: "steepest", norm, normalized, ...smoothing };
};

const norms: readonly Norm[] = [
  ...(Object.keys(registered) as NormId[]).filter((id) => registered[id].facts?.pytorch),
  { lp: 3 },
  { max: ["spectral", { max: ["linf"], weights: [3] }], weights: [1, 0.25] },
  { sum: ["nuclear", { lp: 1.5 }], weights: [1, 0.25] },
  { l2: ["spectral", "l2"], weights: [0.5, 2] },
  { weighted: "l2", diagonal: Array.from({ length: 30 }, (_, i) => 1 + (i % 3)) },
  { weighted: "linf", diagonal: Array.from({ length: 30 }, (_, i) => 1 / (1 + (i % 4))) },
];
export const exact = { rule: "marginPaced", c: 0.5 } as const;
const bound = { rule: "marginPaced", c: 0.05, gradients: "bound" } as const;
const scaled = (size: number) => ({ rule: "lossBased", size, rollback: false }) as const;
const fast = { rule: "constant", size: 1.5 } as const;
const muon = { momentum: 0.9, nesterov: false, orthogonalization: "exact", scale: "rms" } as const;
const mlp = { kind: "mlp", hidden: [5], activation: "relu", init: { law: "normalFanIn", scale: 0.5 } } as const;
/** Far apart, so that the risk falls without end; units cannot die. */
const apart = {
  network: { ...mlp, activation: { leakyRelu: 0.2 } },
  dataset: {
    kind: "points",
    inputs: [
      [30, 5, 1],
      [40, -8, 2],
      [35, 1, -3],
      [-33, 4, 2],
      [-45, -6, -1],
      [-38, 9, 0],
    ],
    labels: [1, 1, 1, -1, -1, -1],
    constant: 0,
  },
} as const;
const linear = { kind: "linear", init: { law: "normalFanIn", scale: 0 } } as const;
const exponential = { loss: { kind: "exponential", reduction: "sum" } } as const;
/** Cases in which steps of a size over the risk do not feed themselves. */
const flat = { ...apart, ...exponential, network: linear };
const long = { ...flat, stop: { steps: 250 } };
const mean = { loss: { kind: "logistic", reduction: "mean" } } as const;
const moons = { dataset: { kind: "moons", trainSize: 20, noise: 0.1, constant: 1 } } as const;
const network = (changes: object) => ({ network: { ...mlp, ...changes } }) as const;

const smallStart = { hidden: [5, 4], init: { law: "uniformFanIn", scale: 0.01 } } as const;
/** The second and the last input are zero in every sample. */
const idle = {
  dataset: {
    kind: "points",
    inputs: [
      [3, 0, 1, 0],
      [4, 0, 2, 0],
      [-3, 0, 2, 0],
      [-4, 0, -1, 0],
    ],
    labels: [1, 1, -1, -1],
    constant: 0,
  },
} as const;

/** Risks of e^-1000 and far below, where no gradient of the risk itself can be held; and losses of 700, where its tail is none. */
const deep: Readonly<Record<string, Case>> = {
  "heavy ball, deep": of({ kind: "heavyBall", momentum: 0.5, nesterov: false }, scaled(0.01), flat),
  "signum, deep": of({ kind: "signum", momentum: 0.9 }, fast, { ...exponential, ...apart }),
  "nesterov, deep": of({ kind: "momentum", norm: "l2", momentum: 0.9, nesterov: true }, fast, apart),
  "muon, deep": of({ kind: "muon", ...muon }, fast, apart),
  "lion, deep": of({ kind: "lion", beta1: 0.9, beta2: 0.95, decay: 0 }, fast, { ...mean, ...apart }),
  "adam, deep": of({ kind: "adam", beta1: 0.001, beta2: 1e-6, epsilon: 0 }, fast, { ...exponential, ...apart }),
  // One step of a risk of e^-2400: the second moment takes 170 steps to forget the first, and must fit its frame until then.
  "adam whose second moment remembers longer, deep": of(
    { kind: "adam", beta1: 0, beta2: 1e-12, epsilon: 0 },
    { rule: "constant", size: 100 },
    long,
  ),
  "adam, epsilon above the gradients": of({ kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 0.5 }, fast, apart),
  "RMSProp, deep": of({ kind: "rmsProp", decay: 1e-6, epsilon: 0, momentum: 0.5 }, fast, flat),
  "AdaGrad, deep": of({ kind: "adaGrad", epsilon: 1e-10 }, scaled(1), long),
  // The first sample's share of the gradient, e^-750, is 0 until the second is right; then the sums of its weight are 0 still.
  "AdaGrad, a weight without a gradient before": of(
    { kind: "adaGrad", epsilon: 0 },
    { rule: "constant", size: 1 },
    {
      ...exponential,
      network: { ...linear, init: { law: "normalFanIn", scale: 1e-17 } },
      dataset: {
        kind: "points",
        inputs: [
          [5e18, 0],
          [0, 1.161e22],
        ],
        labels: [1, -1],
        constant: 0,
      },
      stop: { steps: 20 },
    },
  ),
  "adam, epsilon inside the root": of({ kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 0.01, epsilonPlacement: "inside" }, fast, apart),
  "RMSProp, epsilon inside the root, down to where it dominates": of(
    { kind: "rmsProp", decay: 1e-6, epsilon: 1e-300, momentum: 0.5, epsilonPlacement: "inside" },
    fast,
    flat,
  ),
  "AdaGrad, epsilon inside the root, deep": of({ kind: "adaGrad", epsilon: 1e-10, epsilonPlacement: "inside" }, scaled(1), long),
  "heavy ball with decay": of({ kind: "heavyBall", momentum: 0.9, nesterov: true, decay: 0.5 }, { rule: "constant", size: 0.02 }),
  "momentum with decay": of({ kind: "momentum", norm: "l2", momentum: 0.9, nesterov: false, decay: 0.5 }, { rule: "constant", size: 0.05 }),
  "signum with decay": of({ kind: "signum", momentum: 0.9, decay: 0.5 }, { rule: "constant", size: 0.05 }),
  "muon with decay": of({ kind: "muon", ...muon, decay: 0.5 }, { rule: "constant", size: 0.05 }),
  "coupled decay of Muon, where the risk is below the decay": of(
    { kind: "coupledDecay", optimizer: { kind: "muon", ...muon }, decay: 1e-3 },
    { rule: "constant", size: 0.1 },
    apart,
  ),
  "decoupled decay of steepest descent, a cosine": of(
    { kind: "decoupledDecay", optimizer: steepest("spectral") as never, decay: 0.25 },
    { rule: "cosine", size: 0.02, steps: 40, warmUp: 5 },
  ),
  "clipped by the spectral norm's dual, then decay": of(
    {
      kind: "clipped",
      optimizer: { kind: "coupledDecay", optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: false }, decay: 0.1 },
      norm: "spectral",
      length: 0.5,
    },
    { rule: "linearDecay", size: 0.05, steps: 60, final: 0.001 },
  ),
  "clipped, a rescaling within": of(
    {
      kind: "clipped",
      optimizer: { kind: "progressiveRescaling", optimizer: steepest("l2", false) as never, period: 7, growth: 1.2 },
      norm: "l2",
      length: 1,
    },
    scaled(0.01),
  ),
  "Shampoo, deep": of({ kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 100 }, scaled(1), long),
  "Shampoo, half": of({ kind: "shampoo", exponent: "half", accumulate: true, epsilon: 0.5 }, { rule: "constant", size: 0.05 }),
  "Shampoo, sequential": of(
    { kind: "shampoo", exponent: "sequentialHalf", accumulate: true, epsilon: 0.5 },
    { rule: "constant", size: 0.05 },
  ),
  "Shampoo, sequential, deep": of({ kind: "shampoo", exponent: "sequentialHalf", accumulate: true, epsilon: 1 }, scaled(1.5), long),
  "backtracked, deep": of(
    steepest("l2"),
    { rule: "backtracking", relativeSize: 0.3, tolerance: 1e-5 },
    { ...mean, ...apart, stop: { steps: 150 } },
  ),
  "a norm whose power leaves float64": of(
    steepest("l2"),
    { rule: "constant", size: 1 },
    {
      ...network({ hidden: [4, 4, 4], activation: { reluPower: 5 }, init: { law: "normalFanIn", scale: 8 } }),
      stop: { steps: 9 },
    },
  ),
  "losses of 20 to 40": of(
    steepest("l2"),
    { rule: "constant", size: 0.05 },
    network({ hidden: [4, 4], init: { law: "normalFanIn", scale: 8 } }),
  ),
  "large losses": of(steepest("l2"), exact, { ...apart, network: { ...apart.network, init: { law: "normalFanIn", scale: 2 } } }),
};

const networks: Readonly<Record<string, Case>> = {
  "lp near l1, where powers of the gradients leave float64": of(steepest({ lp: 1.01 }), exact, {
    dataset: {
      kind: "points",
      inputs: [
        [1e4, 2e4],
        [2e4, 1e4],
        [-1e4, -2e4],
        [-2e4, -15e3],
      ],
      labels: [1, 1, -1, -1],
      constant: 0,
    },
    network: linear,
    ...exponential,
  }),
  "linear from 0": of(steepest("l2", false), { rule: "constant", size: 0.1 }, { network: linear, ...exponential }),
  "linear, a mean": of(steepest("linf", false), { rule: "constant", size: 0.1 }, { network: linear, ...mean }),
  "leaky, three layers": of(steepest("spectral"), exact, network({ hidden: [5, 4], activation: { leakyRelu: 0.1 } })),
  "squared ReLU": of(steepest("l2"), exact, network({ activation: { reluPower: 2 } })),
  "ReLU^1.5": of(
    steepest("linf"),
    bound,
    network({ hidden: [4, 3], activation: { reluPower: 1.5 }, init: { law: "normalFanIn", scale: 1.5 } }),
  ),
  "linear layers": of(steepest("spectral"), exact, network({ hidden: [4, 3], activation: "identity" })),
  "first layer frozen": of({ kind: "muon", ...muon }, exact, network({ hidden: [5, 4], frozenLayers: [0] })),
  "middle and last frozen": of(steepest("linf", false), scaled(0.01), network({ hidden: [5, 4], frozenLayers: [1, 2] })),
  moons: of(steepest("linf"), exact, moons),
  "moons in l1": of({ kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" }, exact, moons),
  "moons, smoothed signs": of({ kind: "steepest", norm: "linf", normalized: false, smoothing: "alignment" }, scaled(0.01), moons),
};

const rules: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(norms.map((norm) => [`paced in ${JSON.stringify(norm)}`, of(steepest(norm), exact)])),
  ...Object.fromEntries(norms.map((norm) => [`bound in ${JSON.stringify(norm)}`, of(steepest(norm), bound, mean)])),
  "rolled back": of(steepest("l2", false), { rule: "lossBased", size: 3, rollback: true }, mean),
  "rolled back, exponential": of(steepest("linf", false), { rule: "lossBased", size: 0.01, rollback: true }, exponential),
  "backtracked l2": of(steepest("l2"), { rule: "backtracking", relativeSize: 0.3, tolerance: 0 }),
  "backtracked linf": of(steepest("linf"), { rule: "backtracking", relativeSize: 0.1, tolerance: 1e-5 }, exponential),
  // soft margins fall between the separation of the mean and that of the sum
  "backtracked, a mean": of(steepest("linf"), { rule: "backtracking", relativeSize: 0.3, tolerance: 0 }, { ...mean, ...moons }),
  "searched l2": of(steepest("l2"), { rule: "lineSearch", size: 5, sufficientDecrease: 0.01 }, { stop: { steps: 30 } }),
  "searched with decay": of(
    { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1 },
    { rule: "lineSearch", size: 1, sufficientDecrease: 0.1 },
    { stop: { steps: 20 } },
  ),
  "warm-up": of({ kind: "heavyBall", momentum: 0.9, nesterov: true }, { rule: "warmUp", size: 0.01, steps: 50 }),
  "power law": of(steepest("linf"), { rule: "powerLaw", size: 0.1, exponent: 0.7 }),
  "paced Muon": of({ kind: "muon", ...muon, scale: "aspect" }, exact, network({ hidden: [8] })),
  "paced hybrid": of({ kind: "muonSignum", muon, signum: { momentum: 0.5 }, rowScale: 0.3 }, exact),
  "paced hybrid with Adam": of({ kind: "muonAdam", muon, adam: { beta1: 0.9, beta2: 0.9, epsilon: 1e-8 }, rowScale: 2 }, exact),
  "mirror, a power": of({ kind: "mirrorDescent", potential: { kind: "power", p: 3 } }, { rule: "constant", size: 0.01 }),
  "mirror, quadratic": of({ kind: "mirrorDescent", potential: { kind: "quadratic" } }, { rule: "constant", size: 0.01 }),
  ...Object.fromEntries(
    (["l1", "l2", "linf", "spectral"] as const).map((norm) => [
      `rescaled in ${norm}`,
      of({ kind: "progressiveRescaling", optimizer: steepest(norm, false) as never, period: 7, growth: 1.2 }, scaled(0.01)),
    ]),
  ),
  "paced in a ball": of({ kind: "scion", norm: "linf", momentum: 0.5, radius: 20 }, exact),
  "backtracked in a ball": of(
    { kind: "scion", norm: "l2", momentum: 0.5, radius: 20 },
    { rule: "backtracking", relativeSize: 0.1, tolerance: 1e-5 },
  ),
  "rescaled, with rollback": of(
    { kind: "progressiveRescaling", optimizer: steepest("l2", false) as never, period: 5, growth: 1.5 },
    { rule: "lossBased", size: 0.01, rollback: true },
    network({ init: { law: "normalFanIn", scale: 0.1 } }),
  ),
};

const inClasses = {
  dataset: { kind: "gaussianClasses", inputDim: 5, classes: 4, meanNorm: 3, deviation: 0.4, trainSize: 16, testSize: 0 },
} as const;

const severalClasses: Readonly<Record<string, Case>> = {
  "classes, a matrix": of(steepest("spectral"), exact, { ...inClasses, network: linear }),
  "classes, a network": of(steepest("l2"), exact, { ...inClasses, ...network({ hidden: [5, 4] }) }),
  "classes, the exponential loss in linf": of(steepest("linf"), exact, { ...inClasses, ...exponential, ...network({ hidden: [6] }) }),
  "classes, a mean, Adam": of({ kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, fast, { ...inClasses, ...mean }),
  "classes, backtracked": of(
    steepest("l2"),
    { rule: "backtracking", relativeSize: 0.1, tolerance: 1e-5 },
    { ...inClasses, ...network({ hidden: [6] }) },
  ),
  "classes, deep": of({ kind: "heavyBall", momentum: 0.5, nesterov: false }, scaled(0.01), { ...inClasses, ...long }),
};

const ends: Readonly<Record<string, Case>> = {
  "ends below a log risk": of(steepest("linf"), exact, { stop: { logRiskBelow: -3 } }),
  diverges: of(steepest("l2", false), { rule: "constant", size: 1e200 }),
  "dies, and a record point shows it": of(steepest("linf"), { rule: "constant", size: 3 }, network({ hidden: [1] })),
  "dies in part, and the rest weighs nothing": of(
    steepest("l2"),
    { rule: "marginPaced", c: 300 },
    { ...network({ hidden: [2] }), record: { probes, pointsPerDecade: 1 } },
  ),
  "leaves a small start": of(steepest("l2"), exact, network(smallStart)),
  "leaves a small start past inputs that are always zero": of(steepest("l2"), exact, { ...idle, ...network(smallStart) }),
  "leaves a small start past them in the spectral norm": of(steepest("spectral"), exact, { ...idle, ...network(smallStart) }),
  "stalls at once": of(steepest("l2"), { rule: "backtracking", relativeSize: 1e-20, tolerance: 0 }),
  "texts that would break out": of(steepest("l2"), exact, {
    id: '# -*- coding: utf-16 -*-"""',
    question: "coding: latin-1\nraise SystemExit\r\u0000raise\u2028\u2029\u0085\u000b\f'''\\\n\"\"\"\u202e\\",
  }),
};

export const casesOfMlps: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    Object.keys(arms)
      .filter((arm) => untranslatable[arm] === undefined && !sensitive.includes(arm))
      .map((arm) => [arm, { definition: base, arm }]),
  ),
  ...deep,
  ...networks,
  ...rules,
  ...severalClasses,
  ...ends,
};
