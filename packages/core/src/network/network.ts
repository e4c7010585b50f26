import type { Arena, ArenaPlan, Span } from "@steepest/kernels";
import { requireList, requireObject } from "../check/require.js";
import type { PartKind } from "../check/requirePart.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";
import type { Member } from "../recipe/member.js";
import type { QuasiHomogeneity } from "../tape/exponents.js";
import type { SampleShape, Samples } from "./data.js";
import type { HiddenLayer } from "./hiddenLayers.js";
import type { Layout } from "./layout.js";
import type { PytorchForward } from "./pytorchForward.js";

/**
 * A network with one score per sample, or one per class, θ the trainable parameters; homogeneous unless it says otherwise: f(x; cθ) = c^degree f(x; θ), c > 0.
 * It describes; `scorer` and `trainer` bind it to memory and samples.
 */
export interface Network {
  readonly kind: string;
  readonly inputDim: number;
  /** Scores per sample: 1 for labels -1 and +1, C for labels 0 to C - 1. */
  readonly outputs: number;
  /** L = Σ over groups of trainable blocks of the group's degree. */
  readonly degree: number;
  readonly layout: Layout;
  /** false: f(x; cθ) is not c^degree f(x; θ), and `degree` is that of the limit. Default true. */
  readonly isHomogeneous?: boolean;
  /** The limit of f(x; cθ) / c^degree for c → ∞, on the same weights. Absent: the network itself. */
  limit?(): Network;
  /** Exponents by block in which a network that is not homogeneous is quasi-homogeneous, where there are such. */
  readonly quasiHomogeneity?: QuasiHomogeneity;
  /** k in f(cx; θ) = c^k f(x; θ) for c > 0. Absent: there is none, as with biases, or none is known. */
  readonly inputDegree?: number;
  /** Hidden layers between whose sides a factor of a unit can be moved without changing the scores. Absent: none is known. */
  readonly hiddenLayers?: readonly HiddenLayer[];
  /** true: f(x) = Σ aⱼ max(⟨wⱼ, x⟩, 0) of two trainable matrices, whose largest margins can be known. Default false. */
  readonly isTwoLayerRelu?: boolean;
  /**
   * k such that computed scores and gradients of single samples differ from the exact ones by at most k 2^-53 (1 - k 2^-53)^-1 times what the network gives at
   * |θ|, |x| and |seeds|. Absent: no such bound is known.
   */
  readonly roundings?: number;
  /** Most outputs of an operation with trainable weights, per sample: the size of what `Trainer.responses` writes. Absent: it is not known of this network. */
  readonly responseSize?: number;
  /** Its forward pass in a Python program over PyTorch, or the layers that have no translation. Absent: the whole network has none. */
  pytorch?(): PytorchForward | { readonly untranslated: readonly string[] };
  /** This network on another number of input columns, where that is defined; training uses it to leave out columns that are always zero. */
  withInputDim?(inputDim: number): Network;
  /** Adds the memory that a pass over samples of this shape needs: "forward", forward and backward ("training"), or that over replaceable samples ("batch"). */
  plan(plan: ArenaPlan, samples: SampleShape, pass: "forward" | "training" | "batch"): void;
  /** The forward pass over `data`, in memory planned with "forward". */
  scorer(arena: Arena, parameters: Span, data: Samples): Scorer;
  /** Forward and backward over `data`, in memory planned with "training". */
  trainer(arena: Arena, parameters: Span, data: Samples, options?: TrainerOptions): Trainer;
  /** Forward and backward over replaceable samples, as many as `data` has, in memory planned with "batch". Equal samples give the bits of `trainer`. */
  batchTrainer(arena: Arena, parameters: Span, data: Samples, options?: TrainerOptions): BatchTrainer;
}

/** Options of a trainer. */
export interface TrainerOptions {
  /** true: inputs of kinks may be overwritten, of which the trainer then tells nothing (`kinks`); less memory passes by, with the same bits. Default false. */
  readonly overwrites?: boolean;
}

/** The kind of networks. */
export const networkPart: PartKind<Network> = {
  what: 'a network such as mlp({ widths: [2, 8, 1], activation: "relu" }) makes',
  hint: "networks are made by mlp, linear and layers",
  functions: ["plan", "scorer", "trainer", "batchTrainer"],
  check: (path, { layout }) => {
    requireList(`${path}.layout.blocks`, requireObject(`${path}.layout`, layout).blocks, "blocks");
  },
};

export interface Scorer {
  /** Computes the scores of the current parameters into `scores`. */
  forward(): void;
  /** f64[n][outputs], overwritten by `forward`. */
  readonly scores: Span;
  /**
   * The scores f(xᵢ; θ) at the current parameters, of any size: what f64 would give if its exponents had no limits. As dear as a forward pass over one
   * sample; asked where a score is next to nothing or 0. Without it such scores are taken for what they are. The mantissas stand until the next call.
   */
  scaledScores?(i: number): ScaledVector;
}

/** The inputs of an operation with a kink at 0. */
export interface KinkedSlot {
  /** f64[n][size], overwritten by `forward`, read by `backward` for its signs alone: those of entries that are changed in between decide the derivatives. */
  readonly values: Span;
  readonly size: number;
  /** f64[n][size], δ of the slot after `backward`. */
  readonly delta: Span;
  /** The derivatives below, or at, and above 0. */
  readonly below: number;
  readonly above: number;
  /** The index in the layout of the block whose row u alone, of all trainable weights, entry u depends on. Absent: there is no such block. */
  readonly rowsOf?: number;
}

/** A use of a block of weights whose response is there. */
export interface WeightResponse {
  /** Entries of its output per sample. */
  readonly size: number;
  /** f64[n][size], the output of the last forward pass, and δ of it. */
  readonly values: Span;
  readonly delta: Span;
}

/** Losses of a pass to the range of f64. */
export interface RangeLoss {
  /** Samples whose score, or gradient in some layer, is not 0 but below 2^-1010, or lost its digits to such numbers, or to infinite ones, on its way. */
  readonly samples: number;
  /** Trainable layers, counted from 0, in which that is true of every sample with a gradient, with the largest entry that there is in truth. */
  readonly layers: readonly { readonly layer: number; readonly largest: Scaled }[];
}

export interface Trainer extends Scorer {
  /**
   * Computes δ, the derivatives of <seedsᵢ, f(xᵢ; θ)> with respect to the outputs of the layers. Needs `forward` first.
   *
   * @param seeds  f64[n][outputs], not modified, read until the next call; absent, for one output only: all 1
   */
  backward(seeds?: Span): void;
  /** out ← Σᵢ coefficientᵢ ∇<seedsᵢ, f(xᵢ; θ)>. Needs `backward` first, as all below. */
  gradient(coefficients: Span, out: Span): void;
  /**
   * maxᵢ ||∇<seedsᵢ, f(xᵢ; θ)>||_* over all samples, exact, in the dual of `norm`. Where the norm is not multiplicative on rank-one
   * blocks, each sample's gradient is formed in `spare`, f64[p], overwritten: as dear as n gradients.
   */
  maxSampleGradient(norm: BoundNorm, spare: Span): number;
  /**
   * outᵢ ← Σ exponents[b] <θ_b, ∂<seedsᵢ, f(xᵢ; θ)> / ∂θ_b> over the trainable blocks b: the derivative of <seedsᵢ, f(xᵢ; (c^exponents[b] θ_b)_b)> by c at
   * c = 1. Absent: not known of this network.
   */
  scalingDerivatives?(exponents: readonly number[], out: Float64Array): void;
  /**
   * The derivatives of <seedsᵢ, f(xᵢ; θ)> along a direction v of θ, in parts: for every use of a block b of weights, response ← the output of its operation
   * with v_b in place of its weights, f64[n][size], and then a visit. Σ over the visits of <δᵢ, responseᵢ> is <∇<seedsᵢ, f(xᵢ; θ)>, v>. Absent: not known.
   *
   * @param direction  f64[p], v
   * @param response   f64[n][Network.responseSize], overwritten
   * @param visit      called with what the response is of, use by use in the order of the tape
   */
  responses?(direction: Span, response: Span, visit: (use: WeightResponse) => void): void;
  /** The inputs of operations with a kink that depend on trainable weights, in the order of the layers. Absent: not known of this network, or overwritten. */
  readonly kinks?: readonly KinkedSlot[];
  /** Number of samples with scores 0 and gradient 0: only steps of other samples can change their scores. */
  deadSamples(): number;
  /** Losses of the last pass to the range of f64. Absent: losses of this network are not looked for. */
  rangeLoss?(): RangeLoss;
}

export interface BatchTrainer extends Trainer {
  /** Replaces the samples by these rows of `source`. */
  load(source: Samples, rows: ArrayLike<number>): void;
}

/** A network in the registry. */
export type NetworkMember = Member<Network>;
