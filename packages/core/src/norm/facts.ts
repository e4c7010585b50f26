import type { PythonSnippet } from "./pythonSnippet.js";

/**
 * A linear map under which a norm does not change: flipping signs of single entries, permuting entries, and orthogonal maps Q of every matrix X, from
 * the left (Q X), from the right (X Q) or from both sides.
 */
export type NormInvariance = "signs" | "permutations" | "leftOrthogonal" | "rightOrthogonal" | "orthogonal";

/** Facts that a norm of the registry declares; laws, labels, costs and programs follow from them. */
export interface NormFacts {
  /** The norm in labels, "ℓ∞". Absent: the id. */
  readonly symbol?: string;
  /** The norm within a sentence, "the spectral norm". Absent: the symbol. */
  readonly phrase?: string;
  /** The margin with this norm in its denominator as the paper writes it, which names it by the dual norm. */
  readonly paperMargin?: { readonly symbol: string; readonly name: string };
  /** The name that steepest descent in this norm has, "sign descent". */
  readonly descent?: string;
  readonly invariances: readonly NormInvariance[];
  /** true: lmo(g) is a partial isometry on every matrix. Default false. */
  readonly partialIsometry?: boolean;
  /** The norm as a Python class over PyTorch; absent: programs with this norm are refused. */
  readonly pytorch?: PytorchNorm;
}

/** A function of a Python program. */
export interface PytorchFunction {
  readonly function: PythonSnippet;
  readonly name: string;
}

/** A class of a Python program whose instances hold norm(x), dual(g), lmo(g) and dual_of_samples(factors), over flat tensors of float64. */
export interface PytorchNorm {
  readonly class: PythonSnippet;
  /** The name of the class. */
  readonly name: string;
  /** Arguments after the shapes of the layers, as Python. Default none. */
  readonly options?: readonly string[];
  /** A function of (d, delta): the smoothed direction of a norm with `smoothDirection`; absent: programs that smooth are refused. */
  readonly smoothing?: PytorchFunction;
  /** A function of (x, radius): the Euclidean projection onto the ball of that radius; absent: programs that project are refused. */
  readonly projection?: PytorchFunction;
}
