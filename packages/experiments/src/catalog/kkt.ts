import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Moment, Quantity } from "../definition/claim.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import type { CatalogEntry } from "./entry.js";
import { algorithms, tenDimensional } from "./teacherStudentParts.js";

/**
 * The descents that are compared. Coordinate descent comes twice: where a sample stands at a kink it may take one coordinate forth and back for ever, while the
 * average of the gradients of both sides turns to the others.
 */
const descents = {
  ...algorithms,
  averaged: {
    label: "coordinate descent along averaged gradients",
    optimizer: { kind: "momentum", norm: "l1", momentum: 0.9, nesterov: false },
  },
} as const satisfies Readonly<Record<string, Pick<ArmDefinition, "label" | "optimizer">>>;

type Arm = keyof typeof descents;
type Network = Extract<ExperimentDefinition["network"], { readonly kind: "mlp" }>;

const stationarity = "kkt.stationarity.own";
const complementarity = "kkt.complementarity.own";
const complementarityBound = "kkt.complementarityBound.own";
const ratio = "kkt.tangentMarginRatio.own";
const averageRatio = "kkt.averageTangentMarginRatio.own";
const bestRatio = "kkt.bestTangentMarginRatio.own";
/** Log risks at which the multipliers are optimised. */
const certified = [-30, -100, -300, -1000, -4000];

/** An expected exponent and the largest difference from it. */
type Near = readonly [near: number, within: number];

interface Studied {
  readonly id: string;
  readonly name: string;
  readonly network: Pick<Network, "hidden" | "activation">;
  readonly c: number;
  /** Exponents of 1 − β with the weights of the moment, and of 1 − κ with averaged weights. */
  readonly exponents: Partial<Record<Arm, { readonly stationarity: Near; readonly averageRatio: Near }>>;
  /** The least κ of gradient descent at the end, and the largest of sign descent. */
  readonly ends: readonly [gradient: number, sign: number];
}

/** Arms that reach a risk of e^-4000; coordinate descent seldom does within 200 000 steps, and on the ReLU network of 2 layers it may stop short of e^-300. */
const deep: readonly Arm[] = ["gradient", "sign", "spectral"];
/** Arms whose complementarity falls without dips. */
const withoutDips: readonly Arm[] = ["gradient", "spectral"];
const arms = Object.keys(descents) as Arm[];
const from = { logRiskBelow: -100 };
const at = (arm: Arm, probe: string, moment: Moment = "end"): Quantity => ({ arm, probe, at: moment });

/**
 * Complementarity is below the theorem's bound, and of gradient and spectral descent it falls as the bound does, by the power -1. Of sign and coordinate descent
 * too, but with dips by a factor of 100 where one sample alone carries the gradient, so that no line fits its logarithm.
 */
function complementarityClaims(arm: Arm): Claim[] {
  const below = (moment: Moment): Claim => ({
    left: at(arm, complementarity, moment),
    relation: "<=",
    right: at(arm, complementarityBound, moment),
  });
  const power: Claim = { arm, exponentOf: complementarity, from, near: -1, within: 0.1 };
  return [below(from), below("end"), ...(withoutDips.includes(arm) ? [power] : [])];
}

function exponentClaims(exponents: Studied["exponents"]): Claim[] {
  return arms.flatMap((arm): Claim[] => {
    const found = exponents[arm];
    if (found === undefined) return [];
    const [moment, average] = [found.stationarity, found.averageRatio];
    return [
      { arm, exponentOf: stationarity, from, near: moment[0], within: moment[1] },
      { arm, exponentOf: averageRatio, limit: 1, from, near: average[0], within: average[1] },
    ];
  });
}

function claims({ exponents, ends: [gradient, sign] }: Studied): Claim[] {
  const below: Moment = { logRiskBelow: -1000 };
  return [
    ...deep.map((arm): Claim => ({ left: at(arm, "logRisk"), relation: "<", right: -4000 })),
    { left: at("coordinate", "logRisk"), relation: "<", right: -100 },
    ...arms.flatMap(complementarityClaims),
    ...exponentClaims(exponents),
    { best: "gradient", of: averageRatio, at: below, among: ["sign", "spectral"] },
    { best: "spectral", of: averageRatio, at: below, among: ["sign"] },
    { left: at("gradient", averageRatio), relation: ">=", right: gradient },
    { left: at("sign", averageRatio), relation: "<=", right: sign },
  ];
}

function study(studied: Studied): CatalogEntry {
  const step = { rule: "marginPaced", c: studied.c } as const;
  const paced = (arm: Arm): ArmDefinition => ({ ...descents[arm], step });
  return {
    definition: {
      id: `kkt-${studied.id}`,
      source: `ours, on the ten-dimensional teacher-student data: ${studied.name}, drawn so that forward passes keep their size`,
      question: "how fast does each optimiser near a KKT point of its own norm: by the power -1/L of -log R, L the degree?",
      ...tenDimensional,
      network: { kind: "mlp", ...studied.network, init: { law: "normalFanIn", scale: Math.SQRT2 } },
      arms: Object.fromEntries(arms.map((arm) => [arm, paced(arm)])),
      seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      stop: { steps: 600_000, logRiskBelow: -4000 },
      record: {
        probes: ["logRisk", "margin.own", stationarity, complementarity, complementarityBound, ratio, averageRatio, bestRatio],
        pointsPerDecade: 48,
        certifyBelow: certified,
      },
      claims: claims(studied),
      figure: [
        { probe: stationarity, over: "depth", scale: "log" },
        { probe: complementarity, over: "depth", scale: "log" },
        { probe: ratio, distanceTo: 1, over: "depth", scale: "log" },
        { probe: averageRatio, distanceTo: 1, over: "depth", scale: "log" },
        { probe: bestRatio, distanceTo: 1, over: "depth", scale: "log" },
      ],
    },
    quick: { seeds: [0, 1, 2] },
  };
}

/*
 * Exponents a of 1 - κ ~ (-log R)^a below a log risk of -100, κ with averaged weights, means over ten seeds:
 *
 *                             L   -1/L    gradient   spectral   sign     coordinate
 *   ReLU, 2 layers            2   -.50     -.63       -.08      -.21     from seed to seed -.33 to 0
 *   ReLU, 3 layers            3   -.33     -.57       -.20      -.17     -.11
 *   ReLU, 4 layers            4   -.25     -.39       -.20      -.10     -.05
 *   squared ReLU, 2 layers    3   -.33     -.33       -.29      -.21     -.18
 *
 * So it is not -1/L: only gradient descent with squared ReLU is near it, on a curve that bends (steeper before e^-300, less steep after). On ReLU networks
 * gradient descent is faster and the others are slower, and sign and coordinate descent are still far from a KKT point at e^-4000, as far as these multipliers
 * tell: κ with the best ones may be larger. With the weights of the moment 1 - β hardly falls on the ReLU network of 2 layers: they jump at kinks. The size of
 * steps is no reason: with a quarter of it 1 - κ is the same within 8 % there (seed 0, down to e^-1400).
 *
 * Bounds were set on seeds 0 to 4 and tried on 5 to 9, where two were too narrow, the exponents of coordinate descent with squared ReLU and the κ of gradient descent
 * with 4 layers; these were set anew and tried on seeds 10 to 14. A third claim failed there and is not made: that a line fits sign descent's complementarity.
 */
export const kkt2: CatalogEntry = study({
  id: "2",
  name: "a ReLU network of 2 layers and 16 units",
  network: { hidden: [16], activation: "relu" },
  c: 0.5,
  exponents: {
    gradient: { stationarity: [-0.1, 0.1], averageRatio: [-0.61, 0.2] },
    sign: { stationarity: [-0.13, 0.05], averageRatio: [-0.2, 0.06] },
    spectral: { stationarity: [-0.015, 0.04], averageRatio: [-0.08, 0.05] },
  },
  ends: [0.99, 0.92],
});

export const kkt3: CatalogEntry = study({
  id: "3",
  name: "a ReLU network of 3 layers of 16 units",
  network: { hidden: [16, 16], activation: "relu" },
  c: 0.5,
  exponents: {
    gradient: { stationarity: [-0.265, 0.1], averageRatio: [-0.55, 0.08] },
    sign: { stationarity: [-0.15, 0.04], averageRatio: [-0.165, 0.03] },
    coordinate: { stationarity: [-0.11, 0.03], averageRatio: [-0.11, 0.03] },
    spectral: { stationarity: [-0.12, 0.06], averageRatio: [-0.2, 0.07] },
  },
  ends: [0.97, 0.82],
});

export const kkt4: CatalogEntry = study({
  id: "4",
  name: "a ReLU network of 4 layers of 16 units",
  network: { hidden: [16, 16, 16], activation: "relu" },
  c: 0.5,
  exponents: {
    gradient: { stationarity: [-0.345, 0.06], averageRatio: [-0.39, 0.05] },
    sign: { stationarity: [-0.095, 0.02], averageRatio: [-0.095, 0.02] },
    coordinate: { stationarity: [-0.05, 0.015], averageRatio: [-0.055, 0.015] },
    spectral: { stationarity: [-0.14, 0.035], averageRatio: [-0.195, 0.035] },
  },
  ends: [0.9, 0.65],
});

export const kktSquared: CatalogEntry = study({
  id: "squared",
  name: "a network of 2 layers and 16 units with squared ReLU, of degree 3",
  network: { hidden: [16], activation: { reluPower: 2 } },
  c: 1,
  exponents: {
    gradient: { stationarity: [-0.335, 0.08], averageRatio: [-0.35, 0.08] },
    sign: { stationarity: [-0.215, 0.03], averageRatio: [-0.22, 0.03] },
    coordinate: { stationarity: [-0.18, 0.05], averageRatio: [-0.18, 0.05] },
    spectral: { stationarity: [-0.28, 0.03], averageRatio: [-0.28, 0.03] },
  },
  ends: [0.96, 0.92],
});
