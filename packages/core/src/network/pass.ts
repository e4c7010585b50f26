import type { Kernels, Span } from "@steepest/kernels";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";
import type { InputLayer } from "./inputLayer.js";
import type { MlpShape } from "./mlpShape.js";

/** Forward and backward for one sample, with the exponents of every layer kept apart: what f64 would give if its exponents had no limits. */
export interface ScaledPass {
  /** f(xᵢ; θ); stands until the next call. */
  scores(i: number): ScaledVector;
  /** The largest |∂<seedsᵢ, f(xᵢ; θ)> / ∂w| over the weights of every layer from the lowest trainable one on. */
  gradientSizes(i: number): readonly { readonly layer: number; readonly size: Scaled }[];
}

/** Parts of a training pass that its risk in the range of f64 is made from. */
export interface PassParts {
  readonly kernels: Kernels;
  readonly shape: MlpShape;
  readonly n: number;
  readonly inputs: InputLayer;
  /** Spans of the pass, as named by `trainerSpans`. */
  readonly spans: Readonly<Record<string, Span>>;
  readonly one: ScaledPass;
}

/** Parts of a training pass that gradients of single samples are made from. */
export interface Pass extends PassParts {
  gradient(coefficients: Span, out: Span): void;
}
