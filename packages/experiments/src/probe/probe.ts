import { type NormId, norms, type TrainPoint } from "@steepest/core";

/** A number read off a recorded point, with what a figure needs to label it. */
export interface Probe {
  readonly name: string;
  readonly label: string;
  /** Whether a logarithmic axis makes sense. */
  readonly positive: boolean;
  read(point: TrainPoint): number;
}

const normIds = Object.keys(norms) as NormId[];
/** How a norm is written in labels. */
export const normSymbol: Readonly<Record<NormId, string>> = { l1: "ℓ1", l2: "ℓ2", linf: "ℓ∞" };

const scalars: readonly Probe[] = [
  { name: "logRisk", label: "log risk", positive: false, read: (point) => point.logRisk },
  { name: "minMargin", label: "smallest sample margin", positive: false, read: (point) => point.minMargin },
  { name: "trainAccuracy", label: "training accuracy", positive: true, read: (point) => point.trainAccuracy },
  { name: "testAccuracy", label: "test accuracy", positive: true, read: (point) => point.testAccuracy },
  { name: "alignment", label: "alignment in the own norm", positive: false, read: (point) => point.alignment },
  { name: "supportCount", label: "samples within 1 % of the margin", positive: true, read: (point) => point.supportCount },
  {
    name: "worstSoftMarginDrop",
    label: "largest relative fall of the own soft margin in one step",
    positive: true,
    read: (point) => point.worstSoftMarginDrop,
  },
  { name: "margin.own", label: "margin in the own norm", positive: true, read: (point) => point.margin[point.ownNorm] ?? Number.NaN },
  {
    name: "softMargin.own",
    label: "soft margin in the own norm",
    positive: true,
    read: (point) => point.softMargin[point.ownNorm] ?? Number.NaN,
  },
];

const perNorm: readonly Probe[] = normIds.flatMap((id) => [
  { name: `margin.${id}`, label: `margin in ${normSymbol[id]}`, positive: true, read: (point) => point.margin[id] ?? Number.NaN },
  {
    name: `softMargin.${id}`,
    label: `soft margin in ${normSymbol[id]}`,
    positive: true,
    read: (point) => point.softMargin[id] ?? Number.NaN,
  },
  { name: `norm.${id}`, label: `${normSymbol[id]} norm of θ`, positive: true, read: (point) => point.norm[id] ?? Number.NaN },
]);

/** Every probe by its name; the margins follow from the norm registry. */
export const probes: ReadonlyMap<string, Probe> = new Map([...scalars, ...perNorm].map((probe) => [probe.name, probe]));
