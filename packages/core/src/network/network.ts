import type { Arena, ArenaPlan, Span } from "@steepest/kernels";
import type { BoundNorm } from "../norm/boundNorm.js";
import { requireList, requireObject } from "../require.js";
import type { PartKind } from "../requirePart.js";
import type { LabelledData, SampleShape } from "./data.js";
import type { Layout } from "./layout.js";

/**
 * A homogeneous network with one score per sample: f(x; cθ) = c^degree f(x; θ) for c > 0, θ the trainable parameters.
 * It describes; `scorer` and `trainer` bind it to memory and samples.
 */
export interface Network {
  readonly kind: string;
  readonly inputDim: number;
  /** L = Σ over trainable layers of the layer's degree. */
  readonly degree: number;
  readonly layout: Layout;
  /** The same network on another number of input columns, where that makes sense: lets training leave out columns that are always zero. */
  withInputDim?(inputDim: number): Network;
  /** Adds the memory that a pass over samples of this shape needs: forward only, forward and backward, or the same over samples that are loaded again and again. */
  plan(plan: ArenaPlan, samples: SampleShape, pass: "forward" | "training" | "batch"): void;
  /** The forward pass over `data`, in memory planned with "forward". */
  scorer(arena: Arena, parameters: Span, data: LabelledData): Scorer;
  /** Forward and backward over `data`, in memory planned with "training". */
  trainer(arena: Arena, parameters: Span, data: LabelledData): Trainer;
  /** The same over as many samples as `data` has, in memory planned with "batch". Same samples, same bits as `trainer`. */
  batchTrainer(arena: Arena, parameters: Span, data: LabelledData): BatchTrainer;
}

/** How networks are told from what is none. */
export const networkPart: PartKind<Network> = {
  what: 'a network such as mlp({ widths: [2, 8, 1], activation: "relu" }) makes',
  hint: "networks are made by mlp and linear",
  functions: ["plan", "scorer", "trainer", "batchTrainer"],
  check: (path, { layout }) => {
    requireList(`${path}.layout.blocks`, requireObject(`${path}.layout`, layout).blocks, "blocks");
  },
};

export interface Scorer {
  /** Computes the scores of the current parameters into `scores`. */
  forward(): void;
  /** f64[n], overwritten by `forward`. */
  readonly scores: Span;
}

export interface Trainer extends Scorer {
  /** Computes δ, the derivatives of every score with respect to its layers' outputs. Needs `forward` first. */
  backward(): void;
  /** out ← Σᵢ coefficientᵢ ∇f(xᵢ; θ). Needs `backward` first. */
  gradient(coefficients: Span, out: Span): void;
  /**
   * maxᵢ ||∇f(xᵢ; θ)||_* over all samples, exact, in the dual of `norm`. Needs `backward` first. Where the norm is not multiplicative on rank-one
   * blocks, each sample's gradient is formed in `spare`, f64[p], overwritten: as dear as n gradients.
   */
  maxSampleGradient(norm: BoundNorm, spare: Span): number;
  /** Samples with score 0 and gradient 0: whatever the network does, it cannot see them any more. Needs `backward` first. */
  deadSamples(): number;
}

export interface BatchTrainer extends Trainer {
  /** Puts rows of `source` in the place of the samples. */
  load(source: LabelledData, rows: ArrayLike<number>): void;
}
