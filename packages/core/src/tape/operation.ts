import type { Kernels, Pointer, Region, Sized } from "@steepest/kernels";

/** The samples in the form that multiplies fastest. */
export interface InputProducts {
  /** z ← X Wᵀ */
  forward(w: Pointer, z: Pointer, outputs: number, scratch: Pointer): void;
  /** dw ← dzᵀ X */
  weightGradient(dz: Pointer, dw: Pointer, outputs: number, scratch: Pointer): void;
}

/** One operation of a network on samples, row by row: the same for every sample. */
export interface Operation {
  /** Degree of the output in the input. */
  readonly degree: number;
  /** The limit of op(cx) / c^degree for c → ∞. Absent: the operation is positively homogeneous in its input, and its own limit. */
  readonly limit?: Operation;
  /** true: entry j of the output depends on entry j of the input alone, and δ of the output may be overwritten with δ of the input. Default false. */
  readonly isEntrywise?: boolean;
  /** true: an entrywise operation may write its output over its input, and take the output in place of the input on the way back. Default false. */
  readonly mayOverwrite?: boolean;
  /** Derivatives below and above 0 of an entrywise operation that is linear on either side of a kink there. Absent: it has none. */
  readonly kink?: { readonly below: number; readonly above: number };
  /**
   * true: the operation and its derivatives are sums of products whose absolute values are at most the same sums of |x| and |w|. So rounding errors are at
   * most a share of those. Default false.
   */
  readonly isMajorized?: boolean;
  /**
   * Form of the weight gradient of one sample: δ ⊗ x with the whole output and the whole input of the operation, δ ⊗ 1, or any matrix ("formed").
   * Absent for operations without weights.
   */
  readonly sampleGradient?: "input" | "one" | "formed";
  /** true: the weight gradient takes coefficients of the samples, so that δ needs no scaled copy. Default false. */
  readonly scalesSamples?: boolean;
  /**
   * The output as an expression of a Python program over PyTorch, of the names of the input and the weights: a matrix f64[n][size] of a matrix f64[n][size] and
   * of w[rows][columns]. `inputs` has as many rows. Absent: programs with this operation are refused.
   */
  pytorch?(x: string, w: string): string;
  /** Outputs of a dense product, which compressed samples may enter. */
  readonly productOutputs?: number;
  /** true: applied to all samples at once, since what it prepares pays with many. Default false: parts of the samples, one after another, cost as much. */
  readonly isWhole?: boolean;
  /** Scratch for so many samples. */
  scratch(n: number): Sized;
  bind(kernels: Kernels, scratch: Region): BoundOperation;
}

/** An operation over memory. `x` and `dx` are undefined for operations without an input, `w` is undefined for those without weights. */
export interface BoundOperation {
  /** z ← op(x) of n samples; z overlaps nothing. */
  forward(x: Pointer, w: Pointer, z: Pointer, n: number): void;
  /** dx ← δ of the input, from dz, δ of the output. */
  inputGradient(
    at: { readonly x: Pointer; readonly w: Pointer; readonly z: Pointer; readonly dz: Pointer; readonly dx: Pointer },
    n: number,
  ): void;
  /** dw ← Σᵢ dzᵢ · ∂opᵢ / ∂w; of fl(coefficientsᵢ dzᵢ) where an operation that scales samples is given coefficients, f64[n]. */
  weightGradient?(x: Pointer, dz: Pointer, dw: Pointer, n: number, coefficients?: Pointer): void;
}
