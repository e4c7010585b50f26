import type { Kernels, Pointer, Span } from "@steepest/kernels";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";
import type { BoundOperation } from "../tape/operation.js";
import type { Tape } from "../tape/tape.js";
import type { InputLayer } from "./inputLayer.js";
import type { WeightUse, Wiring } from "./wiring.js";

/** Forward and backward for one sample, with the exponents of every slot kept apart: what f64 would give if its exponents had no limits. */
export interface ScaledPass {
  /** f(xᵢ; θ); stands until the next call. */
  scores(i: number): ScaledVector;
  /** The largest |∂<seedsᵢ, f(xᵢ; θ)> / ∂w| over the weights of every use of a trainable block, of that use alone. */
  gradientSizes(i: number): readonly { readonly use: WeightUse; readonly size: Scaled }[];
}

/** A tape over memory and samples. */
export interface Pass {
  readonly kernels: Kernels;
  readonly tape: Tape;
  readonly wiring: Wiring;
  readonly n: number;
  readonly inputs: InputLayer;
  /** By node: the operation over memory, undefined for sums. */
  readonly bound: readonly (BoundOperation | undefined)[];
  /** The weights of a block. */
  weights(block: number): Pointer;
  /** f64[n][size] of a slot other than the samples'. */
  value(slot: number): Span;
  /** The row of sample i in a slot, until the next call. */
  row(slot: number, i: number): Pointer;
  /** f64[n][size], a copy of the input of an operation with a kink, by its output slot, whose signs decide the derivatives there; undefined: it is read itself. */
  gate(output: number): Span | undefined;
  /** f64[n][size], δ of a slot. */
  delta(slot: number): Span;
  /** Named spans of the pass. */
  readonly spans: Readonly<Record<string, Span>>;
}

/** A pass that has gradients of single samples. */
export interface GradientPass extends Pass {
  /** Absent where an operation is not homogeneous. */
  readonly one: ScaledPass | undefined;
  /** dw ← the gradient of <seedsᵢ, f(xᵢ; θ)> by the weights of one use of a block. */
  sampleWeightGradient(use: WeightUse, i: number, dw: Pointer): void;
  /** Sets to 0 the entries of a gradient of all weights that the scores do not depend on. */
  clearUnused(out: Span): void;
}
