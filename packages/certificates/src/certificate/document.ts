import type { Enclosure } from "./enclosure.js";

/** The name of the format; a change of a member's meaning is another number. */
export const certificateFormat = "steepest-certificate-1";

/** A support constraint: a pair with its multiplier, and the derivatives that were chosen at kinks. */
export interface SupportMember {
  readonly sample: number;
  /** The other class; absent where labels are -1 and +1. */
  readonly other?: number;
  /** λₖ > 0; they sum to about 1. */
  readonly multiplier: number;
  /** Triples `[layer, unit, derivative]`: layers with a kinked activation and their units, counted from 0. */
  readonly slopes?: readonly (readonly [layer: number, unit: number, slope: number])[];
}

/** The basis of a direction: θ itself, the steepest ascent of the combination z = Σ λₖ ∇qₖ, or 0. */
export type DirectionBasis = "theta" | "combination" | "zero";

/** A direction v in which every margin grows: a basis, with some entries set to other values. */
export interface DocumentDirection {
  readonly from: DirectionBasis;
  readonly entries: readonly (readonly [index: number, value: number])[];
}

/** A certificate at one tolerance of kinks. */
export interface CertificateEntry {
  /** A unit with |h| <= kinks M(h), M the sum of the absolute values of what h is a sum of, may have any derivative between those on both sides. */
  readonly kinks: number;
  /** κ = L q_min / (||θ|| D*). The upper end is absent where it was not proven. */
  readonly kappa: readonly [lower: number, upper: number | null];
  /** D* = min over the simplex of ||Σ λₖ ∇qₖ||_*; the lower end is absent where it was not proven. */
  readonly dualNorm: readonly [lower: number | null, upper: number];
  /** 1 - cos², cos = <z, θ> / (||z||_* ||θ||): the Fenchel-Young gap relative to ½||θ||², the scale of the multipliers optimised. */
  readonly fenchelYoungGap: Enclosure;
  /** Σ λₖ (qₖ / q_min - 1). */
  readonly slackness: Enclosure;
  readonly support: readonly SupportMember[];
  /** The direction that proves the lower end of `dualNorm`. */
  readonly direction: DocumentDirection;
}

/** A certificate: how near θ is to a KKT point of min ½||θ||² subject to qₖ >= 1, in one norm, with all that a program needs to check it. */
export interface CertificateDocument {
  readonly format: typeof certificateFormat;
  /** SHA-256 of the weights, f64 little-endian, blocks in layer order. */
  readonly theta: string;
  /** SHA-256 of the inputs, then the labels, f64 little-endian. */
  readonly data: string;
  /** SHA-256 of the canonical JSON of the definition of the run; absent where the weights came from elsewhere. */
  readonly definition?: string;
  /** The network as definitions write it. */
  readonly network: unknown;
  readonly norm: string;
  readonly degree: number;
  /** The weights are multiplied by 2^weights, the inputs by 2^inputs, before anything is computed. */
  readonly scale: { readonly weights: number; readonly inputs: number };
  /** q_min > 0 of the scaled problem: feasible once θ is divided by its L-th root. */
  readonly minMargin: Enclosure;
  /** ||θ|| of the scaled problem. */
  readonly size: Enclosure;
  /** "proven": the bounds are theorems. "estimated": the network or the norm knows no bound of its rounding errors, and an allowance was added. */
  readonly rounding: "proven" | "estimated";
  /** At the kinks of θ itself; then, where there are units near their kinks, with those completed too. */
  readonly entries: readonly CertificateEntry[];
}
