import type { Measurement } from "@steepest/core";

/** The values of a probe that are better than others. */
export type Better = "larger" | "smaller";

/** A probe that is read off `TrainPoint.measured`, as it is declared. */
export interface MeasuredProbe {
  readonly label: string;
  readonly measurement: Measurement;
  /** true: values are positive but for rounding. */
  readonly positive: boolean;
  /** Absent: neither are better. */
  readonly better?: Better;
  readonly isOfDegree?: boolean;
  readonly needsMargins?: boolean;
  readonly needsHomogeneity?: boolean;
  readonly alias?: readonly string[];
  /** true: weights and data alone decide it, whatever led there. */
  readonly isOfWeights?: boolean;
}

/** A probe in every norm. */
export interface MeasuredInNorms extends Omit<MeasuredProbe, "label"> {
  label(symbol: string): string;
}

const ofTheorems = { needsMargins: true, needsHomogeneity: true } as const;
const growth = { measurement: "softMarginGrowth", ...ofTheorems } as const;

/** The measured probes of a run as a whole, by name; docs/probes.md defines them. */
export const measuredScalars: Readonly<Record<string, MeasuredProbe>> = {
  effectiveSupportCount: {
    label: "effective number of support samples, (Σw)² / Σw²",
    measurement: "effectiveSupport",
    isOfWeights: true,
    positive: true,
    needsMargins: true,
    alias: ["effectiveSampleSize", "effectiveSupport", "participationRatio"],
  },
  "softMarginGrowth.interval": { label: "growth of log soft margin since the last point", positive: false, ...growth },
  "softMarginGrowth.intervalBound": { label: "theorem's bound of that growth", positive: true, ...growth },
  "softMarginGrowth.intervalSlack": {
    label: "growth of log soft margin minus its bound, since the last point",
    positive: false,
    ...growth,
    alias: ["theoremSlack"],
  },
  "softMarginGrowth.total": { label: "growth of log soft margin since log R < −5", positive: false, ...growth },
  "softMarginGrowth.totalBound": { label: "theorem's bound of that growth, integrated", positive: true, ...growth },
  "softMarginGrowth.totalSlack": { label: "growth of log soft margin minus its bound, since log R < −5", positive: false, ...growth },
  "direction.cosineToLast": {
    label: "cosine of θ to that of the last point",
    measurement: "direction",
    positive: false,
    alias: ["direction.cosine"],
  },
  "direction.cosineToHalf": { label: "cosine of θ to that at half the step", measurement: "direction", positive: false },
  "direction.pathLength": { label: "length of the path of θ / ‖θ‖₂", measurement: "pathLength", positive: true, alias: ["pathLength"] },
  "gradient.cosine": {
    label: "cosine of the gradient to the one before",
    measurement: "gradient",
    positive: false,
    alias: ["gradientCosine"],
  },
  "speed.logRisk": { label: "fall of the log risk per step", measurement: "speed", positive: false, alias: ["speed"] },
};

/** The measured probes in every norm, by the name before that of the norm. */
export const measuredInNorms: Readonly<Record<string, MeasuredInNorms>> = {
  alignment: {
    better: "larger",
    label: (symbol) => `alignment in ${symbol}`,
    measurement: "alignment",
    positive: false,
    isOfWeights: true,
  },
  "kkt.stationarity": {
    better: "smaller",
    label: (symbol) => `KKT stationarity 1 − β in ${symbol}`,
    measurement: "kkt",
    isOfWeights: true,
    positive: true,
    ...ofTheorems,
    alias: ["stationarity", "kktGap"],
  },
  "kkt.complementarity": {
    better: "smaller",
    label: (symbol) => `KKT complementarity in ${symbol}`,
    measurement: "kkt",
    isOfWeights: true,
    positive: true,
    ...ofTheorems,
    alias: ["complementarity", "slackness"],
  },
  "kkt.complementarityBound": {
    label: (symbol) => `theorem's bound of complementarity in ${symbol}`,
    measurement: "kkt",
    isOfWeights: true,
    positive: true,
    ...ofTheorems,
  },
  "kkt.tangentMarginRatio": {
    better: "larger",
    label: (symbol) => `tangent margin ratio κ in ${symbol}, training weights`,
    measurement: "kkt",
    isOfWeights: true,
    positive: true,
    ...ofTheorems,
    alias: ["tangentMarginRatio", "kappa"],
  },
  "kkt.averageTangentMarginRatio": {
    better: "larger",
    label: (symbol) => `tangent margin ratio κ in ${symbol}, averaged weights`,
    measurement: "averageMultipliers",
    positive: true,
    ...ofTheorems,
  },
  "sandwich.lower": {
    label: (symbol) => `soft margin above its lower bound in ${symbol}`,
    measurement: "sandwich",
    isOfWeights: true,
    positive: true,
    isOfDegree: true,
    needsMargins: true,
  },
  "sandwich.upper": {
    label: (symbol) => `margin above soft margin in ${symbol}`,
    measurement: "sandwich",
    isOfWeights: true,
    positive: true,
    isOfDegree: true,
    needsMargins: true,
  },
  frankWolfeGap: {
    better: "smaller",
    label: (symbol) => `Frank-Wolfe gap of log R in the decay's ball in ${symbol}`,
    measurement: "frankWolfeGap",
    positive: true,
    alias: ["fwGap"],
  },
  "update.alignment": { label: (symbol) => `alignment of the last update in ${symbol}`, measurement: "update", positive: false },
};
