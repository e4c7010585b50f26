import type { Kernels, Pointer } from "@steepest/kernels";

/** An activation's expression over PyTorch, of the Python name `z`. */
export type ActivationExpression = (z: string) => string;

/** The derivatives on both sides of a kink at 0; every number between them is a Clarke subgradient there. */
export interface Kink {
  readonly below: number;
  readonly above: number;
}

/** An activation, entry by entry. */
export interface Activation {
  /** act(cz) = c^degree act(z) for c > 0; of an activation with a limit, the degree of the limit. */
  readonly degree: number;
  /** The limit of act(cz) / c^degree for c → ∞. Absent: the activation is positively homogeneous, and its own limit. */
  readonly limit?: Activation;
  /** The derivatives below and above 0 of an activation that is linear on either side of a kink there. Absent: it has no kink. */
  readonly kink?: Kink;
  /** true: |act(z)| <= act(|z|) and |act'(z)| <= act'(|z|), both made of products alone: see `Operation.isMajorized`. Default false. */
  readonly isMajorized?: boolean;
  /** true: act'(act(z)) = act'(z) for every z, so that `backward` may be given the output in place of z. `forward` may then write it over z. Default false. */
  readonly isGatedByOutput?: boolean;
  /** The derivative at a kink is the one from below, as autograd has it. Absent: programs with this activation are refused. */
  readonly pytorch?: ActivationExpression;
  forward(kernels: Kernels, z: Pointer, a: Pointer, n: number): void;
  /** dz ← act'(z) da; the derivative at a kink is the one from below. `dz` may be `da`. */
  backward(kernels: Kernels, z: Pointer, da: Pointer, dz: Pointer, n: number): void;
}

/** A family of activations with one parameter. */
export interface ActivationFamily {
  /** The word for the parameter in messages: "slope". */
  readonly parameter: string;
  /** @throws DefinitionError  if the parameter is out of its range */
  make(value: number): Activation;
}
