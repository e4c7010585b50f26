import type { ActivationChoice } from "@steepest/core";
import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Quantity } from "../definition/claim.js";
import type { PanelDefinition } from "../definition/panel.js";
import type { CatalogEntry } from "./entry.js";
import { algorithms, marginProbes, tenDimensional } from "./teacherStudentParts.js";

type Arm = keyof typeof algorithms;

/** The norm whose margin is each arm's own. */
const ownNorm: Readonly<Record<Arm, string>> = { gradient: "l2", sign: "linf", coordinate: "l1", spectral: "spectral" };

/** Arms that get down to a risk of e^-300; coordinate descent is slow, and does not always separate the data. */
const deep: readonly Arm[] = ["gradient", "sign", "spectral"];

const step = { rule: "marginPaced", c: 0.25 } as const;
const arms: Readonly<Record<Arm, ArmDefinition>> = {
  gradient: { ...algorithms.gradient, step },
  sign: { ...algorithms.sign, step },
  coordinate: { ...algorithms.coordinate, step, stop: { logRiskBelow: -100 } },
  spectral: { ...algorithms.spectral, step },
};

const at = (arm: Arm, probe: string, moment: Quantity["at"] = "end"): Quantity => ({ arm, probe, at: moment });
const isBest = (arm: Arm, kind = "margin"): Claim => ({ best: arm, of: `${kind}.${ownNorm[arm]}`, at: "end" });
const reaches = (arm: Arm): Claim => ({ left: at(arm, "logRisk"), relation: "<", right: -300 });

interface Activated {
  readonly id: string;
  readonly name: string;
  readonly activation: ActivationChoice;
  readonly claims: readonly Claim[];
}

function experiment({ id, name, activation, claims }: Activated, isMeasured: boolean): CatalogEntry["definition"] {
  const panels: readonly PanelDefinition[] = isMeasured
    ? [
        { probe: "homogenizedMargin.linf", scale: "log", from: 0.1 },
        { probe: "margin.l2", scale: "linear", from: 0 },
        { probe: "homogenizedMargin.l2", scale: "linear", from: 0 },
        { probe: "margin.l1", scale: "log", from: 1e-5 },
        { probe: "margin.spectral", scale: "linear", from: 0 },
        { probe: "eulerDefect.median", scale: "log" },
        { probe: "eulerDefect.max", scale: "log" },
      ]
    : [
        { probe: "margin.l2", scale: "linear", from: 0 },
        { probe: "margin.l1", scale: "log", from: 1e-5 },
        { probe: "margin.spectral", scale: "linear", from: 0 },
      ];
  return {
    id: `activations-${id}`,
    source: "ours: activations besides ReLU, which JMLR 27 (2026) names among the next checks",
    question: `with ${name}, does each algorithm end with the largest margin in its own norm?`,
    ...tenDimensional,
    network: {
      kind: "mlp",
      hidden: [50],
      activation,
      ...(isMeasured && { homogeneity: "measured" }),
      init: { law: "normalFanIn", scale: 0.3 },
    },
    arms,
    seeds: [0, 1, 2],
    stop: { steps: 40_000, logRiskBelow: -300 },
    record: {
      probes: [
        ...marginProbes,
        "worstSoftMarginDrop",
        ...(isMeasured
          ? ["eulerDefect.max", "eulerDefect.median", ...Object.values(ownNorm).map((norm) => `homogenizedMargin.${norm}`)]
          : []),
      ],
      pointsPerDecade: 24,
      at: [1000],
    },
    claims: [...deep.map(reaches), ...deep.map((arm) => isBest(arm)), ...claims],
    figure: [{ probe: "margin.linf", scale: "log", from: 0.1 }, ...panels],
  };
}

/**
 * An activation with which the network is homogeneous.
 *
 * @param largestDrop  share of the own soft margin that a step may lose, where the flow of the theorem loses nothing
 */
function exact(activated: Activated, largestDrop: number): CatalogEntry {
  const kept = deep.map((arm): Claim => ({ left: at(arm, "worstSoftMarginDrop"), relation: "<=", right: largestDrop }));
  return { definition: experiment({ ...activated, claims: [...kept, ...activated.claims] }, false), quick: { seeds: [0] } };
}

/**
 * An activation with which it is not, and no theorem speaks: margins with the degree of the limit are ordered as if it were, and so are those of the limit
 * itself, for the arms that get there.
 *
 * @param defect  largest median of the Euler defect at the end, relative to that at step 1000
 * @param limit   least margin of the limit at the end, relative to that of the network
 */
function measured(activated: Activated, { defect, limit }: { readonly defect: number; readonly limit: number }): CatalogEntry {
  const claims = deep.flatMap((arm): Claim[] => {
    const norm = ownNorm[arm];
    return [
      isBest(arm, "homogenizedMargin"),
      { arm, probe: `margin.${norm}`, after: { logRiskBelow: -10 }, relation: "nondecreasing", relativeSlack: 0.01 },
      { left: at(arm, "eulerDefect.median"), relation: "<=", right: at(arm, "eulerDefect.median", 1000), factor: defect },
      { left: at(arm, `homogenizedMargin.${norm}`), relation: ">=", right: at(arm, `margin.${norm}`), factor: limit },
    ];
  });
  return { definition: experiment({ ...activated, claims: [...claims, ...activated.claims] }, true), quick: { seeds: [0] } };
}

/** Own margins end 1.3 (gradient), 6 to 7 (sign), 6 to 9 (coordinate) and 1.5 to 2 (spectral) times as large as the next arm's. */
export const leakyRelu: CatalogEntry = exact(
  { id: "leaky-relu", name: "leaky ReLU (0.1)", activation: { leakyRelu: 0.1 }, claims: [isBest("coordinate")] },
  1e-3,
);

/**
 * Degree 3, and margins without kinks: no step loses anything of the own soft margin. Own margins end 1.1 to 1.3 (gradient), 24 to 38 (sign), 2.5 to 3.4
 * (coordinate) and 2.2 to 2.4 (spectral) times as large as the next arm's.
 */
export const squaredRelu: CatalogEntry = exact(
  { id: "squared-relu", name: "squared ReLU", activation: { reluPower: 2 }, claims: [isBest("coordinate")] },
  0,
);

/**
 * Even in the input, which the teacher is not: the order of the margins is that of other activations, by 1.2 to 1.4 (gradient, spectral) and 4 to 7 (sign), while
 * test accuracy stays at chance, .47 to .55. Coordinate descent does not separate the data of two seeds, and nothing is claimed of it.
 */
export const absoluteValue: CatalogEntry = exact(
  {
    id: "abs",
    name: "the absolute value",
    activation: "abs",
    claims: deep.map((arm): Claim => ({ left: at(arm, "testAccuracy"), relation: "<=", right: 0.6 })),
  },
  1e-3,
);

/**
 * Own margins are ahead by more than with ReLU's relatives, 1.6 to 1.9 (gradient), 9 to 14 (sign), 5 to 6 (coordinate) and 1.6 to 2 (spectral), although no theorem says
 * so. Coordinate descent uses saturated units as biases: the network stays far from its limit, which separates nothing.
 */
export const elu: CatalogEntry = measured(
  {
    id: "elu",
    name: "ELU",
    activation: { elu: 1 },
    claims: [
      isBest("coordinate"),
      { left: at("coordinate", "eulerDefect.max"), relation: ">=", right: 0.9 },
      { left: at("coordinate", "homogenizedMargin.l1"), relation: "<=", right: 0 },
    ],
  },
  { defect: 0.9, limit: 0.6 },
);

/**
 * Own margins are ahead by 1.6 to 1.8 (gradient), 11 to 13 (sign) and 1.7 to 2.1 (spectral), those of coordinate descent by 6 on the two seeds where it gets to log
 * risk -100, and by 1.2 where it ends at -11. At the end half of the samples have an Euler defect below .015.
 */
export const silu: CatalogEntry = measured(
  { id: "silu", name: "SiLU", activation: "silu", claims: [isBest("coordinate")] },
  { defect: 0.6, limit: 0.9 },
);
