import type { TrainPoint } from "@steepest/core";
import type { LinearReadings } from "./linearCompanion.js";
import type { Probe } from "./probeFacts.js";
import type { TeacherReadings } from "./teacherRisk.js";

/** The names of the members of T that are numbers. */
export type NumberIn<T> = { readonly [K in keyof T & string]: T[K] extends number ? K : never }[keyof T & string];

/** A place in a point that holds a number. */
type Place =
  | NumberIn<TrainPoint>
  | `health.${NumberIn<TrainPoint["health"]>}`
  | `${"eulerDefect" | "quasiEulerDefect"}.${NumberIn<TrainPoint["eulerDefect"]>}`
  | `${"margin" | "softMargin" | "homogenizedMargin"}.own`
  | "optimizer.epsilonShare";

/** Weights and data decide it. */
export const ofWeights = { isOfWeights: true } as const;
/** Weights and data decide it, and it is of networks that are not homogeneous. */
export const ofLimit = { isOfWeights: true, isOfLimit: true } as const;

/** The probes that stand at a place of every point. */
export const places: readonly (Omit<Probe, "read"> & { readonly name: Place })[] = [
  {
    name: "logRisk",
    label: "log risk (sum over samples)",
    positive: false,
    better: "smaller",
    ...ofWeights,
    alias: ["loss", "risk", "logLoss", "trainLoss"],
  },
  { name: "minMargin", label: "smallest sample margin", positive: false, better: "larger", needsLabels: true, ...ofWeights },
  {
    name: "trainAccuracy",
    label: "training accuracy",
    positive: true,
    better: "larger",
    needsLabels: true,
    ...ofWeights,
    alias: ["accuracy", "acc", "trainAcc"],
  },
  {
    name: "testAccuracy",
    label: "test accuracy",
    positive: true,
    better: "larger",
    needsLabels: true,
    needsTest: true,
    ...ofWeights,
    alias: ["testAcc", "valAccuracy", "valAcc", "validationAccuracy"],
  },
  {
    name: "testSquaredError",
    label: "mean squared error on test targets",
    positive: true,
    better: "smaller",
    needsTargets: true,
    needsTest: true,
    ...ofWeights,
    alias: ["mse", "testMse", "testLoss", "valLoss", "validationLoss", "generalizationError"],
  },
  { name: "alignment", label: "alignment in the own norm", positive: false, better: "larger", alias: ["alignment.own", "alignmentOwn"] },
  { name: "supportCount", label: "samples within 1 % of the margin", positive: true, needsLabels: true, ...ofWeights },
  {
    name: "worstSoftMarginDrop",
    label: "largest relative fall of the own soft margin in one step",
    positive: true,
    better: "smaller",
    needsMargins: true,
  },
  { name: "margin.own", label: "margin in the own norm", positive: true, better: "larger", isOfDegree: true, needsLabels: true },
  { name: "softMargin.own", label: "soft margin in the own norm", positive: true, better: "larger", isOfDegree: true, needsMargins: true },
  {
    name: "homogenizedMargin.own",
    label: "homogenised margin in the own norm",
    positive: true,
    better: "larger",
    needsLabels: true,
    measurement: "homogenizedMargin",
  },
  {
    name: "eulerDefect.max",
    label: "Euler defect |⟨θ, ∇f⟩ − L f| / |f|, largest over samples",
    positive: true,
    better: "smaller",
    measurement: "eulerDefect",
    ...ofLimit,
    alias: ["homogeneityDefect", "eulerDefect"],
  },
  {
    name: "eulerDefect.median",
    label: "Euler defect, median over samples",
    positive: true,
    better: "smaller",
    measurement: "eulerDefect",
    ...ofLimit,
  },
  {
    name: "quasiEulerDefect.max",
    label: "Euler defect with an exponent for each block, largest over samples",
    positive: true,
    better: "smaller",
    measurement: "eulerDefect",
    ...ofLimit,
    alias: ["quasiHomogeneityDefect", "quasiEulerDefect"],
  },
  {
    name: "quasiEulerDefect.median",
    label: "Euler defect with an exponent for each block, median over samples",
    positive: true,
    better: "smaller",
    measurement: "eulerDefect",
    ...ofLimit,
  },
  { name: "health.marginChange", label: "margin change per step, bound", positive: true, needsMargins: true },
  { name: "health.deadSamples", label: "dead samples", positive: false, better: "smaller" },
  { name: "health.lostUpdates", label: "share of lost updates", positive: false, better: "smaller" },
  {
    name: "health.softMarginFall",
    label: "fall of the own soft margin from its peak",
    positive: false,
    better: "smaller",
    needsMargins: true,
  },
  { name: "optimizer.epsilonShare", label: "Adam: share dominated by ε", positive: false },
];
/** The probes beside a linear teacher. */
export const ofTeacher: readonly (Pick<Probe, "label"> & { readonly name: keyof TeacherReadings })[] = [
  { name: "radialLogRisk", label: "log risk along the teacher" },
  { name: "tangentialLogRisk", label: "log of the risk across the teacher" },
];
/** The probes beside a linear model. */
export const ofCompanion: readonly (Pick<Probe, "label"> & { readonly name: keyof LinearReadings })[] = [
  { name: "linearAgreement", label: "agreement with a linear model" },
  { name: "linearTestAccuracy", label: "test accuracy of a linear model" },
];
