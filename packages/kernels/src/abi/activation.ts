import type { Pointer } from "./pointer.js";

/**
 * Activations and their derivatives, the same bits on every engine. Where f is a function of our own, forward: aᵢ ← f(zᵢ), `a` may be `z`; backward:
 * dzᵢ ← fl(f'(zᵢ) daᵢ), `dz` may be `da`; f and f' within the stated number of ULPs of the exact value over the whole range, subnormal results included;
 * limits at ±inf. NaN zᵢ gives NaN.
 */
export interface ActivationKernels {
  /** aᵢ ← max(zᵢ, 0): zᵢ > 0 ? zᵢ : +0, NaN stays NaN. `a` may be `z`. */
  reluForward(z: Pointer, a: Pointer, n: number): void;
  /** dzᵢ ← zᵢ > 0 ? daᵢ : +0; the derivative at 0 is 0. NaN zᵢ gives NaN. `dz` may be `da`. */
  reluBackward(z: Pointer, da: Pointer, dz: Pointer, n: number): void;
  /** aᵢ ← zᵢ > 0 ? zᵢ : fl(slope zᵢ). `a` may be `z`. */
  leakyReluForward(z: Pointer, a: Pointer, n: number, slope: number): void;
  /** dzᵢ ← zᵢ > 0 ? daᵢ : fl(slope daᵢ); the derivative at 0 is `slope`. NaN zᵢ gives NaN. `dz` may be `da`. */
  leakyReluBackward(z: Pointer, da: Pointer, dz: Pointer, n: number, slope: number): void;
  /**
   * aᵢ ← max(zᵢ, 0)^r with r = halves / 2 >= 1: p = zᵢ, then multiplied by zᵢ ⌊r⌋ - 1 times, then by √zᵢ if `halves` is odd. NaN stays NaN. `a` may be `z`.
   */
  reluPowerForward(z: Pointer, a: Pointer, n: number, halves: number): void;
  /**
   * dzᵢ ← zᵢ > 0 ? fl(fl(r p) daᵢ) : +0 with p = zᵢ^(r-1): p = 1 multiplied by zᵢ ⌊r⌋ - 1 times, then by √zᵢ if `halves` is odd; r = halves / 2 >= 1.
   * NaN zᵢ gives NaN. `dz` may be `da`.
   */
  reluPowerBackward(z: Pointer, da: Pointer, dz: Pointer, n: number, halves: number): void;

  /** f(z) = |z|. */
  absForward(z: Pointer, a: Pointer, n: number): void;
  /** dzᵢ ← daᵢ where zᵢ > 0, -daᵢ where zᵢ < 0, +0 at ±0: the derivative at 0 is 0. */
  absBackward(z: Pointer, da: Pointer, dz: Pointer, n: number): void;
  /** f(z) = z / (1 + e^-z), SiLU, 3 ULP; -0 far below 0. */
  siluForward(z: Pointer, a: Pointer, n: number): void;
  /** f'(z) = σ(z) (1 + z σ(-z)), σ(z) = 1 / (1 + e^-z): 3 ULP or 2⁻⁵³, whichever is more, since it has a zero at -1.2785. */
  siluBackward(z: Pointer, da: Pointer, dz: Pointer, n: number): void;
  /** f(z) = z Φ(z), GELU with the normal distribution function Φ (not its approximation by tanh), 3 ULP; -0 far below 0. */
  geluForward(z: Pointer, a: Pointer, n: number): void;
  /** f'(z) = Φ(z) + z φ(z), φ = Φ': 3 ULP or 2⁻⁵³, whichever is more, since it has a zero at -0.7518. */
  geluBackward(z: Pointer, da: Pointer, dz: Pointer, n: number): void;
  /** f(z) = z where z > 0, elsewhere fl(alpha (e^z - 1)), ELU, e^z - 1 to 2 ULP. */
  eluForward(z: Pointer, a: Pointer, n: number, alpha: number): void;
  /** dzᵢ ← daᵢ where zᵢ > 0, elsewhere fl(fl(alpha e^zᵢ) daᵢ), e^z to 1 ULP: the derivative at 0 is alpha. */
  eluBackward(z: Pointer, da: Pointer, dz: Pointer, n: number, alpha: number): void;
  /** f(z) = log(1 + e^z), softplus, 2 ULP. */
  softplusForward(z: Pointer, a: Pointer, n: number): void;
  /** f'(z) = 1 / (1 + e^-z), the logistic function, 3 ULP. */
  softplusBackward(z: Pointer, da: Pointer, dz: Pointer, n: number): void;
  /** f(z) = tanh z, 3 ULP; -0 stays. */
  tanhForward(z: Pointer, a: Pointer, n: number): void;
  /** f'(z) = 1 - tanh² z = 4u / (1 + u)², u = e^(-2 |z|), 4 ULP. */
  tanhBackward(z: Pointer, da: Pointer, dz: Pointer, n: number): void;
}
