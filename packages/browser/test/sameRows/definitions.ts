import { activations, type LossId, losses, type NormId, norms, smoothedNorms } from "@steepest/core";
import {
  type ArmDefinition,
  datasetSizes,
  datasets,
  type ExperimentDefinition,
  isLabelled,
  needsFiles,
  networks,
  optimizers,
  probeOf,
  probes,
  type RunDefinition,
  stepRules,
} from "@steepest/experiments";

type Optimizer = ArmDefinition["optimizer"];
type Step = ArmDefinition["step"];
type Arms = ExperimentDefinition["arms"];

const constant = (size: number): Step => ({ rule: "constant", size });
const paced = (c: number): Step => ({ rule: "marginPaced", c });
const steepest = (norm: Extract<Optimizer, { kind: "steepest" }>["norm"], normalized: boolean): Optimizer =>
  smoothedNorms.includes(norm as NormId)
    ? { kind: "steepest", norm, normalized, smoothing: "none" }
    : { kind: "steepest", norm, normalized };
const adam: Optimizer = { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const exactMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;

const teacher = {
  kind: "teacherStudent",
  inputDim: 9,
  teacherWidth: 3,
  nonzerosPerNeuron: 4,
  minTeacherScore: 0.1,
  trainSize: 20,
  testSize: 6,
} as const;

const mlp = (hidden: number[], activation: object | string, law: string, frozenLayers: number[] = []): ExperimentDefinition["network"] =>
  ({ kind: "mlp", hidden, activation, frozenLayers, init: { law, scale: 0.5 } }) as ExperimentDefinition["network"];

/** Every probe that has a name of its own, and those of norms that only an expression names. */
function recordOf(...expressions: string[]): RunDefinition["record"] {
  return { probes: [...probes.keys(), "margin.lp(3)", ...expressions], pointsPerDecade: 10, at: [77] };
}

/** True if a probe has a value in an experiment, where others are refused, and needs no optimiser that fits a linear model. */
function hasValue(name: string, { dataset, network, loss }: Pick<ExperimentDefinition, "dataset" | "network" | "loss">): boolean {
  const needs = probeOf(name)!;
  const seesTargets = losses[loss.kind].sees === "targets";
  const isMeasured = "homogeneity" in network && network.homogeneity === "measured";
  return !(
    needs.needsTeacher ||
    needs.needsCompanion ||
    needs.needsLargest ||
    needs.needsCertificate ||
    (needs.needsLabels && !isLabelled(dataset)) ||
    (needs.needsMargins && seesTargets) ||
    (needs.needsTargets && !seesTargets) ||
    (needs.needsTest && datasetSizes(dataset).testSize === 0) ||
    (needs.needsHomogeneity && isMeasured)
  );
}

type Varied = Pick<ExperimentDefinition, "id" | "dataset" | "network" | "loss" | "arms"> & Partial<ExperimentDefinition>;

/** An experiment that records what has a value in it. */
const define = ({ record = recordOf(), ...varied }: Varied): ExperimentDefinition => ({
  source: "a test",
  question: "Are the rows the same?",
  seeds: [11],
  stop: { steps: 100 },
  record: { ...record, probes: record.probes.filter((name) => hasValue(name, varied)) },
  claims: [],
  figure: [],
  ...varied,
});

const entrywise: Arms = {
  gradient: { optimizer: steepest("l2", true), step: paced(0.5) },
  coordinate: { optimizer: steepest("l1", true), step: paced(0.5) },
  smoothCoordinate: { optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" }, step: paced(0.5) },
  sign: { optimizer: steepest("linf", true), step: { rule: "marginPaced", c: 0.1, gradients: "bound" } },
  smoothSign: { optimizer: { kind: "steepest", norm: "linf", normalized: false, smoothing: "alignment" }, step: constant(0.02) },
};

const matrices: Arms = {
  spectral: { optimizer: steepest("spectral", true), step: paced(0.5) },
  nuclear: { optimizer: steepest("nuclear", false), step: constant(0.02) },
  rowMax: { optimizer: steepest("rowMax", true), step: paced(0.5) },
  rowSum: { optimizer: steepest("rowSum", false), step: constant(0.02) },
  colMax: { optimizer: steepest("colMax", true), step: paced(0.5) },
  colSum: { optimizer: steepest("colSum", false), step: constant(0.02) },
};

const expressions: Arms = {
  cubic: { optimizer: steepest({ lp: 3 }, true), step: paced(0.5) },
  largest: { optimizer: steepest({ max: ["spectral", "linf"], weights: [1, 0.5] }, true), step: paced(0.5) },
  sum: { optimizer: steepest({ sum: ["nuclear", "l1"] }, false), step: constant(0.02) },
  root: { optimizer: steepest({ l2: ["rowMax", { lp: 1.5 }] }, true), step: paced(0.5) },
  weighted: {
    optimizer: steepest({ weighted: "l2", diagonal: Array.from({ length: 3 * 6 + 6 }, (_, i) => 1 + (i % 3)) }, false),
    step: constant(0.05),
  },
};

const momenta: Arms = {
  heavyBall: { optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: false }, step: constant(0.02) },
  nesterov: { optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: true }, step: { rule: "powerLaw", size: 0.05, exponent: 0.5 } },
  cubic: {
    optimizer: { kind: "momentum", norm: { lp: 3 }, momentum: 0.8, nesterov: true },
    step: { rule: "warmUp", size: 0.02, steps: 9 },
  },
  signum: { optimizer: { kind: "signum", momentum: 0.9 }, step: { rule: "powerLaw", size: 0.02, exponent: 0.5 } },
};

const muons: Arms = {
  exact: { optimizer: { kind: "muon", ...exactMuon, scale: "aspect" }, step: paced(0.5) },
  newtonSchulz: { optimizer: { kind: "muon", ...exactMuon, orthogonalization: "newtonSchulz", scale: "rms" }, step: constant(0.02) },
  withSignum: { optimizer: { kind: "muonSignum", muon: exactMuon, signum: { momentum: 0.9 }, rowScale: 0.5 }, step: paced(0.5) },
  withAdam: {
    optimizer: { kind: "muonAdam", muon: exactMuon, adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, rowScale: 0.5 },
    step: constant(0.02),
  },
};

const balls: Arms = {
  free: { optimizer: { kind: "scion", norm: { max: ["spectral", "colMax", "linf"] }, momentum: 0.9 }, step: constant(0.02) },
  within: { optimizer: { kind: "scion", norm: "spectral", momentum: 0.9, radius: 3 }, step: constant(0.05) },
  quarter: { optimizer: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 }, step: constant(0.05) },
  half: { optimizer: { kind: "shampoo", exponent: "half", accumulate: true, epsilon: 0 }, step: constant(0.02) },
  sequential: { optimizer: { kind: "shampoo", exponent: "sequentialHalf", accumulate: true, epsilon: 1e-4 }, step: constant(0.02) },
  polar: { optimizer: { kind: "shampoo", exponent: "quarter", accumulate: false, epsilon: 0 }, step: paced(1) },
};

const adaptive: Arms = {
  adam: { optimizer: adam, step: constant(0.02) },
  withoutEpsilon: { optimizer: { kind: "adam", beta1: 0, beta2: 0, epsilon: 0 }, step: constant(0.02) },
  adamW: { optimizer: { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1 }, step: constant(0.02) },
  rmsProp: { optimizer: { kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0.9 }, step: constant(0.003) },
  adaGrad: { optimizer: { kind: "adaGrad", epsilon: 1e-10 }, step: { rule: "lossBased", size: 0.05, rollback: false } },
  lion: { optimizer: { kind: "lion", beta1: 0.9, beta2: 0.99, decay: 0.1 }, step: constant(0.01) },
};

const mirrors: Arms = {
  quadratic: { optimizer: { kind: "mirrorDescent", potential: { kind: "quadratic" } }, step: constant(0.02) },
  power: {
    optimizer: { kind: "mirrorDescent", potential: { kind: "power", p: 1.5 } },
    step: { rule: "lossBased", size: 0.01, rollback: false },
  },
  entropy: {
    optimizer: { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 0.1 } },
    step: { rule: "lossBased", size: 0.01, rollback: true },
  },
};

const rescaled = { kind: "steepest", norm: "l2", normalized: false } as const;
const unnormalized: Arms = {
  rescaled: {
    optimizer: { kind: "progressiveRescaling", optimizer: rescaled, period: 10, growth: 1.5 },
    step: { rule: "lossBased", size: 0.1, rollback: false },
  },
  lossBased: { optimizer: steepest("l2", false), step: { rule: "lossBased", size: 0.05, rollback: true } },
  diverging: { optimizer: steepest("l2", false), step: constant(1e200) },
};

const searching: Arms = {
  lineSearch: { optimizer: steepest("l2", true), step: { rule: "lineSearch", size: 0.1, sufficientDecrease: 1e-4 } },
  backtracking: { optimizer: steepest("linf", true), step: { rule: "backtracking", relativeSize: 0.03, tolerance: 0 } },
};

const inPhases: Arms = {
  switching: {
    optimizer: adam,
    step: constant(0.02),
    phases: [
      { when: { step: 20 }, step: { rule: "warmUp", size: 0.05, steps: 5 } },
      { when: "perfectAccuracy", optimizer: steepest("linf", true), step: paced(0.25) },
      { when: "separation", optimizer: steepest("spectral", true) },
      { when: { logRiskBelow: -10 }, optimizer: { kind: "signum", momentum: 0.5 }, step: paced(0.5) },
    ],
  },
};

const inBatches: Arms = {
  cyclic: { optimizer: adam, step: constant(0.01), batch: { size: 7, order: "cyclic" } },
  shuffled: { optimizer: steepest("l2", true), step: paced(0.5), batch: { size: 6, order: "shuffled" } },
  withReplacement: {
    optimizer: { kind: "signum", momentum: 0.9 },
    step: constant(0.005),
    batch: { size: 5, order: "withReplacement" },
    phases: [{ when: { step: 50 }, optimizer: { kind: "muon", ...exactMuon }, step: constant(0.01) }],
  },
};

const exponential = { kind: "exponential", reduction: "sum" } as const;
const logistic = { kind: "logistic", reduction: "sum" } as const;
const meanLogistic = { kind: "logistic", reduction: "mean" } as const;
const threeSamples = {
  kind: "points",
  inputs: [
    [1, 2, -0.5],
    [-1, 0.5, 0],
    [2, -1, -0],
  ],
  labels: [1, -1, 1],
  constant: 0.5,
} as const;
const inPlane = { trainSize: 16, noise: 0.05, constant: 1 } as const;
const linear = { kind: "linear", init: { law: "normalFanIn", scale: 0 } } as const;

/** Together they hold every member of every registry as it was when they were written. */
const twelve: readonly ExperimentDefinition[] = [
  define({
    id: "entrywise",
    dataset: { kind: "separable", ...inPlane, constant: 0 },
    network: mlp([6], "relu", "uniformFanIn"),
    loss: exponential,
    arms: entrywise,
  }),
  define({ id: "matrices", dataset: teacher, network: mlp([6], "relu", "normalFanIn"), loss: logistic, arms: matrices }),
  define({
    id: "expressions",
    dataset: { kind: "moons", ...inPlane },
    network: mlp([6], { reluPower: 1.5 }, "normalFanIn"),
    loss: { kind: "exponential", reduction: "mean" },
    arms: expressions,
    record: recordOf("softMargin.max(1*spectral,0.5*linf)", "norm.sum(nuclear,l1)", "margin.l2(rowMax,lp(1.5))"),
  }),
  define({
    id: "momenta",
    dataset: { kind: "circles", ...inPlane },
    network: mlp([8], { leakyRelu: 0.25 }, "uniformInverseFanIn"),
    loss: logistic,
    arms: momenta,
  }),
  define({ id: "muons", dataset: teacher, network: mlp([6], "relu", "normalFanIn"), loss: exponential, arms: muons }),
  define({ id: "balls", dataset: teacher, network: mlp([6, 5], "relu", "normalFanIn"), loss: logistic, arms: balls }),
  define({
    id: "adaptive",
    dataset: { kind: "xor", ...inPlane, noise: 0.1 },
    network: mlp([7], { reluPower: 2 }, "normalFanIn"),
    loss: meanLogistic,
    arms: adaptive,
    seeds: [0, 3],
  }),
  define({ id: "mirrors", dataset: threeSamples, network: linear, loss: exponential, arms: mirrors }),
  define({
    id: "unnormalized",
    dataset: { ...teacher, testSize: 0 },
    network: mlp([6], { reluPower: 2 }, "normalFanIn"),
    loss: logistic,
    arms: unnormalized,
  }),
  define({
    id: "searching",
    dataset: { kind: "circles", ...inPlane },
    network: mlp([8], { reluPower: 2 }, "normalFanIn"),
    loss: meanLogistic,
    arms: searching,
  }),
  define({
    id: "inPhases",
    dataset: { kind: "separable", ...inPlane },
    network: mlp([8], "relu", "normalFanIn"),
    loss: exponential,
    arms: inPhases,
    stop: { steps: 2000, logRiskBelow: -25 },
  }),
  define({
    id: "inBatches",
    dataset: teacher,
    network: mlp([5, 5], "identity", "uniformFanIn", [0]),
    loss: logistic,
    arms: inBatches,
  }),
];

/** The members of a registry that the twelve do not hold: none, unless one has been added. */
function unused<R extends object>(registry: R, used: readonly unknown[]): [string, R[keyof R]][] {
  return Object.entries(registry).filter(([id]) => !used.includes(id));
}

/** A network with layers of every kind that takes vectors. */
const layered: ExperimentDefinition["network"] = {
  kind: "layers",
  layers: [
    { kind: "dense", units: 6, bias: true },
    { kind: "maxout", pieces: 2 },
    { kind: "branches", sum: [[{ kind: "dense", units: 3, weights: "shared" }], [{ kind: "dense", units: 3, weights: "shared" }, "abs"]] },
    { kind: "diagonal" },
  ],
  init: { law: "normalFanIn", scale: 1 },
};

/** Perceptrons with further activations: those that are not homogeneous are measured. */
function activated(): Pick<ExperimentDefinition, "id" | "network">[] {
  const used = twelve.flatMap(({ network }) => ("activation" in network ? network.activation : []));
  return unused(
    activations,
    used.map((activation) => (typeof activation === "string" ? activation : Object.keys(activation)[0])),
  ).map(([id, member]) => {
    const network = mlp([6], "make" in member ? { [id]: 0.5 } : id, "normalFanIn");
    return { id, network: { ...network, homogeneity: "measured" } as ExperimentDefinition["network"] };
  });
}

/** The examples of further norms, optimisers, step rules, losses, networks and data sets of the registries, which follow from their declarations. */
function further(): ExperimentDefinition[] {
  const parts = twelve.flatMap(({ arms }) => Object.values(arms)).flatMap((arm) => [arm, ...(arm.phases ?? [])]);
  const used = parts.flatMap(({ optimizer }) => optimizer ?? []);
  const descended = used.flatMap((optimizer) => (optimizer.kind === "steepest" ? optimizer.norm : []));
  const arms: [string, ArmDefinition][] = [
    ...unused(norms, descended).map(([id]): [string, ArmDefinition] => [id, { optimizer: steepest(id as NormId, true), step: paced(0.5) }]),
    ...unused(
      optimizers,
      used.map(({ kind }) => kind),
    ).flatMap(([id, { examples, firstStep }]) =>
      examples.map((optimizer, i): [string, ArmDefinition] => [`${id}-${i}`, { optimizer, step: firstStep ?? constant(0.02) }]),
    ),
    ...unused(
      stepRules,
      parts.map(({ step }) => step?.rule),
    ).flatMap(([id, { examples }]) =>
      examples.map((step, i): [string, ArmDefinition] => [`${id}-${i}`, { optimizer: steepest("l2", true), step }]),
    ),
  ];
  const drawn = unused(
    datasets,
    twelve.map(({ dataset }) => dataset.kind),
  ).filter(([, { examples }]) => !needsFiles(examples[0]));
  const gradient: Arms = { gradient: { optimizer: steepest("l2", true), step: constant(0.02) } };
  const common = { network: mlp([6], "relu", "normalFanIn"), loss: logistic };
  const built = unused(
    networks,
    twelve.map(({ network }) => network.kind),
  ).map(([id, { examples }]) => ({ id, network: examples[0] })); // the first takes any data
  return [
    ...[...built, { id: "layered", network: layered }, ...activated()].map((one) =>
      define({ dataset: { kind: "moons", ...inPlane }, loss: logistic, arms: gradient, ...one }),
    ),
    ...(arms.length > 0 ? [define({ id: "further", dataset: teacher, arms: Object.fromEntries(arms), ...common })] : []),
    define({
      id: "fresh",
      dataset: teacher,
      arms: { gradient: { ...gradient.gradient!, batch: { fresh: 5 } } },
      ...common,
      record: recordOf("linearAgreement", "linearTestAccuracy"),
    }),
    ...unused(
      losses,
      twelve.map(({ loss }) => loss.kind),
    ).flatMap(([kind]) =>
      (["sum", "mean"] as const).map((reduction) => {
        const dataset = datasets.gaussianClasses.examples[reduction === "sum" ? 0 : 1]!;
        return define({
          ...common,
          id: `${kind}-${reduction}-of-classes`,
          dataset,
          arms: gradient,
          loss: { kind: kind as LossId, reduction },
        });
      }),
    ),
    ...drawn.flatMap(([id, { examples }]) =>
      examples.map((dataset, i) =>
        define({
          id: `${id}-${i}`,
          dataset,
          arms: gradient,
          ...common,
          ...(!isLabelled(dataset) && { loss: { kind: "squared", reduction: "sum" } }),
        }),
      ),
    ),
  ];
}

/** Together they hold every member of every registry; the test says which are missing. */
export const definitions: readonly ExperimentDefinition[] = [...twelve, ...further()];
