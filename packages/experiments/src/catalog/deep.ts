import type { Claim, Moment, Quantity } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";
import { ownMarginArms, ownMarginClaims } from "./ownMargins.js";
import { marginProbes, tenDimensional } from "./teacherStudentParts.js";

const early: Moment = { logRiskBelow: -100 };
const at = (arm: string, probe: string, moment: Moment): Quantity => ({ arm, probe, at: moment });

interface Depth {
  readonly layers: number;
  /** The smallest and the largest factor by which own margins grow between log risks of -100 and -1000. */
  readonly growth: readonly [number, number];
  /** The log risk at which coordinate descent is compared with the others. */
  readonly coordinateAt: number;
  /** Beginnings of the axes of the margins. */
  readonly from: Readonly<Record<"linf" | "l2" | "l1" | "spectral", number>>;
}

/**
 * The own margins of gradient, sign and spectral descent come the later the deeper the network is. They grow between log risks of -100 and -1000, over seeds 0 to 2, by
 *
 *   layers     2            3            4            5
 *   gradient   1.05         1.32 - 1.46  1.94 - 2.14  2.90 - 3.19
 *   sign       1.30 - 1.46  2.64 - 2.87  3.80 - 4.15  4.19 - 5.04
 *   spectral   1.05 - 1.09  1.37 - 1.45  1.57 - 1.79  2.10 - 2.31
 */
function growthClaims([least, most]: Depth["growth"]): Claim[] {
  const own = [
    ["gradient", "margin.l2"],
    ["sign", "margin.linf"],
    ["spectral", "margin.spectral"],
  ] as const;
  return own.flatMap(([arm, margin]): Claim[] => [
    { left: at(arm, margin, "end"), relation: ">=", right: at(arm, margin, early), factor: least },
    { left: at(arm, margin, "end"), relation: "<=", right: at(arm, margin, early), factor: most },
  ]);
}

function deep({ layers, growth, coordinateAt, from }: Depth): CatalogEntry {
  return {
    definition: {
      id: `deep-${layers}`,
      source: `ours, on the ten-dimensional teacher-student data: networks of ${layers} layers of 16 units, drawn so that forward passes keep their size`,
      question: `which optimiser raises which margin in ${layers} layers, and how late?`,
      ...tenDimensional,
      network: {
        kind: "mlp",
        hidden: Array<number>(layers - 1).fill(16),
        activation: "relu",
        init: { law: "normalFanIn", scale: Math.SQRT2 },
      },
      arms: ownMarginArms({ rule: "marginPaced", c: 0.5 }, { steps: 12_000, logRiskBelow: -100 }),
      seeds: [0, 1, 2],
      stop: { steps: 60_000, logRiskBelow: -1000 },
      record: { probes: [...marginProbes, "alignment"], pointsPerDecade: 48 },
      claims: [...ownMarginClaims(coordinateAt), ...growthClaims(growth)],
      figure: [
        { probe: "margin.linf", scale: "log", from: from.linf },
        { probe: "margin.l2", scale: "log", from: from.l2 },
        { probe: "margin.l1", scale: "log", from: from.l1 },
        { probe: "margin.spectral", scale: "log", from: from.spectral },
        { probe: "alignment", scale: "linear" },
        { probe: "logRisk", scale: "symlog" },
      ],
    },
    quick: { seeds: [0] },
  };
}

export const deep2: CatalogEntry = deep({
  layers: 2,
  growth: [1.03, 1.55],
  coordinateAt: -100,
  from: { linf: 0.1, l2: 0.02, l1: 1e-4, spectral: 0.05 },
});

export const deep3: CatalogEntry = deep({
  layers: 3,
  growth: [1.25, 3],
  coordinateAt: -100,
  from: { linf: 0.05, l2: 1e-3, l1: 3e-7, spectral: 0.02 },
});

export const deep4: CatalogEntry = deep({
  layers: 4,
  growth: [1.5, 4.5],
  coordinateAt: -100,
  from: { linf: 0.02, l2: 3e-5, l1: 3e-10, spectral: 0.005 },
});

/**
 * Below a log risk of -100 gradient descent still has the larger spectral margin under seed 2. Coordinate descent stays at -8.07 under seed 1, with c = 0.25
 * as well, and is compared there.
 */
export const deep5: CatalogEntry = deep({
  layers: 5,
  growth: [2, 5.5],
  coordinateAt: -8,
  from: { linf: 0.02, l2: 1e-6, l1: 1e-13, spectral: 0.002 },
});
