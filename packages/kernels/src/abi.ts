import type { ActivationKernels } from "./abi/activation.js";
import type { ConvolutionArguments, ConvolutionKernels } from "./abi/convolution.js";
import type { Pointer } from "./abi/pointer.js";
import type { PoolingArguments, PoolingKernels } from "./abi/pooling.js";

/**
 * The ABI: one signature per export of the binary. `@steepest/reference` implements the same interface in plain TypeScript, bit for bit.
 *
 * Conventions, for every kernel:
 * - `Pointer` is a byte offset into `Kernels.buffer`, 8-byte aligned (16 and 64 are not required); counts are non-negative int32.
 * - Matrices are row-major and contiguous. `f64[n]` is n doubles.
 * - No kernel allocates, keeps state or checks its arguments: the frame that calls it validates once, at construction.
 * - An output may alias an input only where the contract says so.
 * - "fl" marks one rounding to binary64; nothing is fused. The order of every sum is part of the contract:
 *     "four lanes": lane j < 4 sums the terms j, j + 4, j + 8, ... of the first n - n mod 4 terms in increasing order, starting from +0;
 *                   result (lane0 + lane2) + (lane1 + lane3); then the n mod 4 tail terms are added one by one.
 *     "sequential": from +0, in increasing index.
 * - `power(t, e)` is t^e for t >= 0, at most 1 ULP from the exact value, with 0^e = 0 for every e (a zero stays zero), t^1 = t, t^2 = fl(t t), 1^e = 1;
 *   an infinite t gives t e, so NaN for e = 0.
 * - A NaN among the inputs that a result depends on gives NaN, unless the contract says otherwise; NaN payloads are not specified.
 */
export type { ActivationKernels, ConvolutionArguments, ConvolutionKernels, Pointer, PoolingArguments, PoolingKernels };

/** Scalar functions of our own: the same bits on every engine. */
export interface ScalarKernels {
  /** e^x, at most 1 ULP from the exact value over the whole range, subnormal results included; exp(-inf) = 0. */
  exp(x: number): number;
  /** Natural logarithm, at most 1 ULP; log(+-0) = -inf, log(x < 0) = NaN, subnormal arguments included. */
  log(x: number): number;
  /** log(1 + x), at most 2 ULP; log1p(-1) = -inf, log1p(-0) = -0. */
  log1p(x: number): number;
  /** e^x - 1, at most 2 ULP; expm1(-0) = -0. */
  expm1(x: number): number;
}

export interface VectorKernels {
  /** outᵢ ← fl(factor xᵢ). `out` may be `x`. */
  scale(x: Pointer, out: Pointer, n: number, factor: number): void;
  /** yᵢ ← fl(yᵢ + fl(factor xᵢ)). `y` may be `x`. */
  axpy(x: Pointer, y: Pointer, n: number, factor: number): void;
  /** yᵢ ← fl(fl(yFactor yᵢ) + fl(xFactor xᵢ)). `y` may be `x`. */
  axpby(x: Pointer, y: Pointer, n: number, xFactor: number, yFactor: number): void;
  /** outᵢ ← fl(xᵢ yᵢ). `out` may be `x` or `y`. */
  multiply(x: Pointer, y: Pointer, out: Pointer, n: number): void;
  /** Σ fl(xᵢ yᵢ), four lanes. */
  dot(x: Pointer, y: Pointer, n: number): number;
  /** Σ |xᵢ|, four lanes. */
  sumAbs(x: Pointer, n: number): number;
  /** maxᵢ |xᵢ|; 0 for n = 0; NaN if any xᵢ is NaN. */
  maxAbs(x: Pointer, n: number): number;
  /** Σ fl(s·s), s = fl(scale xᵢ), four lanes. */
  sumSquares(x: Pointer, n: number, scale: number): number;
  /** Σ `power(fl(|xᵢ| / divisor), exponent)`, four lanes. */
  sumPower(x: Pointer, n: number, divisor: number, exponent: number): number;
  /** The lowest index of the largest |xᵢ|; the lowest index of a NaN if there is one; -1 for n = 0. */
  argmaxAbs(x: Pointer, n: number): number;
  /** minᵢ xᵢ; +inf for n = 0; NaN if any xᵢ is NaN; -0 counts as below +0. */
  minimum(x: Pointer, n: number): number;
  /** out[i][j] ← fl(x[i][j] factor[i]). `out` may be `x`. */
  scaleRows(x: Pointer, factor: Pointer, out: Pointer, rows: number, columns: number): void;
  /** out[i] ← sumAbs of row i (four lanes within the row). */
  rowSumAbs(x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** out[i] ← maxAbs of row i. */
  rowMaxAbs(x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** out[i] ← sumSquares of row i with scale 1 (four lanes within the row). */
  rowSumSquares(x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** out[i] ← fl(√sumSquares) of row i with scale 1 (four lanes within the row). */
  rowEuclidean(x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** out[j][i] ← x[i][j], out f64[columns][rows]. */
  transpose(x: Pointer, out: Pointer, rows: number, columns: number): void;
  /** outᵢ ← fl(factor sign(xᵢ) `power(fl(|xᵢ| / divisor), exponent)`), and +0 where xᵢ = ±0, for every exponent. `out` may be `x`. */
  signedPower(x: Pointer, out: Pointer, n: number, divisor: number, exponent: number, factor: number): void;
  /**
   * θᵢ ← sign(z) |z|^(1/e), z = z₀ + h, z₀ = sign(θᵢ) |θᵢ|^e, h = fl(length directionᵢ): a step of mirror descent with Σ |θᵢ|^(e+1) / (e + 1), e > 0.
   * e = 1: fl(θᵢ + h). h = 0: θᵢ. With ρ = fl(sign(θᵢ) h `power(|θᵢ|, -e)`): fl(θᵢ exp(fl(log1p(ρ) / e))) where θᵢ ≠ 0 and -½ <= ρ <= 1; elsewhere
   * sign(z) `power(|z|, fl(1 / e))` with z = fl(sign(θᵢ) `power(|θᵢ|, e)` + h). Relative error: a few ε times 1 + (|log|1 + ρ|| + |ρ / (1 + ρ)|) / e.
   * `theta` must not be `direction`.
   */
  mirrorPower(theta: Pointer, direction: Pointer, n: number, length: number, exponent: number): void;
  /**
   * rᵢ ← √((decay rᵢ)² + (gain xᵢ)²) without overflow or underflow, the root of Adam's second moment. With a = fl(decay rᵢ), b = fl(gain xᵢ) and
   * s = fl(fl(a a) + fl(b b)): fl(√s) where 2⁻⁹⁶⁰ <= s <= 2⁹⁶⁰; elsewhere M = max(|a|, |b|), t = fl(min(|a|, |b|) / M) (0 where M = 0) and
   * fl(M fl(√fl(1 + fl(t t)))). An infinite M gives NaN. `r` must not be `x`.
   */
  decayHypot(x: Pointer, r: Pointer, n: number, decay: number, gain: number): void;
  /**
   * outᵢ ← -fl(fl(meanScale mᵢ) / fl(fl(rootScale rᵢ) + epsilon)), and 0 where mᵢ = 0 (so 0/0 = 0).
   * `epsilon` may be +inf, which gives 0. `out` may be `m` or `r`.
   */
  adamDirection(m: Pointer, r: Pointer, out: Pointer, n: number, meanScale: number, rootScale: number, epsilon: number): void;
  /** outᵢ ← asinh(fl(xᵢ / divisor)), asinh at most 3 ULP from the exact value; ±0 gives +0 for a positive divisor. `out` may be `x`. */
  scaledAsinh(x: Pointer, out: Pointer, n: number, divisor: number): void;
  /** outᵢ ← fl(factor sinh(xᵢ)), sinh at most 3 ULP from the exact value, finite for |xᵢ| < 710.4758; ±0 gives +0 for a positive factor. `out` may be `x`. */
  scaledSinh(x: Pointer, out: Pointer, n: number, factor: number): void;
}

/**
 * Matrix products of a bias-free dense layer. Every entry is Σₖ fl(aₖ bₖ), sequential in the contraction index k from +0, each product and sum
 * rounded separately: dense, sparse, blocked and plain JavaScript versions give the same bits for finite operands. Outputs alias nothing.
 * `scratch`: `denseScratchBytes` / `sparseScratchBytes` of the same sizes.
 */
export interface LayerKernels {
  /** z[n][out] ← x[n][in] · w[out][in]ᵀ, contraction over `in`. */
  denseForward(x: Pointer, w: Pointer, z: Pointer, n: number, inputs: number, outputs: number, scratch: Pointer): void;
  /** dx[n][in] ← dz[n][out] · w[out][in], contraction over `out`. */
  denseInputGradient(dz: Pointer, w: Pointer, dx: Pointer, n: number, inputs: number, outputs: number, scratch: Pointer): void;
  /** dw[out][in] ← dz[n][out]ᵀ · x[n][in], contraction over the samples. */
  denseWeightGradient(x: Pointer, dz: Pointer, dw: Pointer, n: number, inputs: number, outputs: number, scratch: Pointer): void;
  /**
   * `denseForward` with x in compressed sparse rows. `csr` points to uint32[3]: pointers to start int32[n + 1], index int32[nnz] (column, increasing
   * within a row) and value f64[nnz].
   */
  sparseForward(csr: Pointer, w: Pointer, z: Pointer, n: number, inputs: number, outputs: number, scratch: Pointer): void;
  /** `denseWeightGradient` with x in compressed sparse columns: start int32[in + 1], index int32[nnz] (sample, increasing within a column), value f64[nnz]. */
  sparseWeightGradient(csc: Pointer, dz: Pointer, dw: Pointer, n: number, inputs: number, outputs: number, scratch: Pointer): void;
}

/**
 * Heads of networks with several classes, from scores f64[n][classes] to one margin per sample. `labels`: f64[n] of integers 0..classes - 1, classes >= 2.
 * For a sample with scores s and label y, M = max over j != y of s_j, exactly. Outputs alias nothing.
 * `scratch`: `classScratchBytes` of the same classes.
 */
export interface HeadKernels {
  /** marginsᵢ ← fl(s_y - M), how far the score of a sample's class lies above the best of the others. */
  classMargins(scores: Pointer, labels: Pointer, margins: Pointer, n: number, classes: number): void;
  /**
   * The smoothed margins q̃ᵢ = s_y - log Σ over j != y of e^(s_j), and seeds[i][j] ← ∂q̃ᵢ / ∂s_j: 1 at y, minus the softmax over the others elsewhere. With m
   * the lowest index != y where s_m = M, eⱼ = exp(fl(s_j - M)), 0 at y and m, rest = Σ eⱼ (four lanes within the row) and total = fl(1 + rest):
   * smoothedᵢ ← fl(fl(s_y - M) - log1p(rest)), seeds[i][m] ← -fl(1 / total), elsewhere -fl(eⱼ / total). Two classes: fl(s_y - s_m) and seeds 1, -1.
   * Only differences of scores count: q̃ is as accurate at scores of 1e300 as at 1, and infinite only where s_y - M overflows. e^-q̃ is the multiclass
   * exponential loss of the sample, log(1 + e^-q̃) its cross-entropy.
   */
  multiclassMargins(
    scores: Pointer,
    labels: Pointer,
    smoothed: Pointer,
    seeds: Pointer,
    n: number,
    classes: number,
    scratch: Pointer,
  ): void;
  /** smoothedᵢ ← q̃ᵢ of `multiclassMargins`, the same bits, without the seeds. */
  smoothedMargins(scores: Pointer, labels: Pointer, smoothed: Pointer, n: number, classes: number, scratch: Pointer): void;
  /** topᵢ ← the lowest class with the largest score of the sample, as a number; NaN if a score of it is NaN. */
  topClass(scores: Pointer, top: Pointer, n: number, classes: number): void;
}

/**
 * Log-domain losses. Of margins: the log risk log Σᵢ l(qᵢ) of the sample margins q, and the weights wᵢ = -l'(qᵢ) / R. Neither e^-q nor R is ever formed:
 * T = maxᵢ log l(qᵢ), S = Σ exp(log l(qᵢ) - T) sequential, log risk = fl(T + log S). A NaN margin gives NaN; n >= 1.
 */
export interface LossKernels {
  /** l(q) = e^-q: log l = -q, wᵢ = exp(-qᵢ - T) / S, which sum to one. `weights` may be `margins`. */
  exponentialLoss(margins: Pointer, weights: Pointer, n: number): number;
  /**
   * l(q) = log(1 + e^-q). With u = -q: log l = u for u < -37; u + log(log1p(e^u) / e^u) for u < -1; log(log1p(e^u)) for u <= 37; log u above.
   * wᵢ = exp(-softplus(qᵢ) - T) / S, softplus(q) = max(q, 0) + log1p(e^-|q|). Sum of weights <= 1. `weights` must not be `margins`.
   * Source: numerically stable forms, checked against 50-digit references.
   */
  logisticLoss(margins: Pointer, weights: Pointer, n: number): number;
  /**
   * R = Σᵢ ½ ||sᵢ - tᵢ||² of scores s and targets t, f64[n][outputs], with residuals r = fl(t - s) relative to the largest, M = max |r|: seeds ← fl(r / M),
   * S = Σ seeds² (four lanes over all n outputs), log risk = fl(fl(2 log M) + log(fl(S / 2))), every weightsᵢ ← M / R = fl(fl(2 / S) / M), so that
   * weightsᵢ seeds[i][j] = -(∂R / ∂s_ij) / R. If a residual of finite numbers overflows, r = fl(½ t) - fl(½ s), log M gains log 2 and 2 / S is halved.
   * No overflow and no underflow but that of a weight where M < 2⁻¹⁰²². M = 0: log risk -inf, seeds and weights 0. An infinity gives NaN as log risk and
   * weights. `seeds` and `weights` alias nothing.
   */
  squaredLoss(scores: Pointer, targets: Pointer, seeds: Pointer, weights: Pointer, n: number, outputs: number): number;
}

/**
 * Singular value decompositions by one-sided Jacobi rotations of the triangular factor of a column-pivoted QR factorisation of G, or of its transpose
 * where G is wide. No overflow and no underflow on the way, whatever the finite entries. Where G is a matrix with scaled rows or columns whose leading
 * blocks, before scaling, are well-conditioned, each singular value is accurate relative to itself, however small.
 * Source: Drmač and Veselić, SIAM J. Matrix Anal. Appl. 29 (2008).
 *
 * Both return the numerical rank: how many σᵢ exceed max(rows, columns) ε σ₁, ε = 2⁻⁵². A NaN or an infinity in G makes every output NaN and the
 * returned number min(rows, columns). At most 40 sweeps, so no input hangs. Sums along a vector run in four lanes, those of products sequentially.
 * Outputs alias nothing.
 * `scratch`: `svdScratchBytes` of the same sizes.
 */
export interface MatrixKernels {
  /**
   * g[rows][columns] = Σ σᵢ uᵢ vᵢᵀ: sigma[k] ← σ₁ ≥ σ₂ ≥ ... ≥ 0, ut[k][rows] ← uᵢ, vt[k][columns] ← vᵢ, k = min(rows, columns).
   *
   * Equal singular values keep the order in which the sweeps leave them. The entry of uᵢ of largest magnitude, lowest index, is positive. Where
   * σᵢ = 0, uᵢ and vᵢ are zero; all others are orthonormal, so with r the returned rank the polar factor of G without its null directions is
   * `denseWeightGradient(vt, ut, o, r, columns, rows, ...)`.
   */
  thinSvd(g: Pointer, ut: Pointer, sigma: Pointer, vt: Pointer, rows: number, columns: number, scratch: Pointer): number;
  /** sigma[k] and the returned rank: the same bits as those of `thinSvd`, without the vectors. */
  singularValues(g: Pointer, sigma: Pointer, rows: number, columns: number, scratch: Pointer): number;
}

/** Steepest directions (lmo(g) minimises <u, g> over the unit ball, so it points downhill) and Euclidean ball projections. */
export interface NormKernels {
  /** out ← -sign(gⱼ) eⱼ with j = argmaxAbs(g): lowest index of the largest; g = 0 gives 0; a NaN gⱼ gives outⱼ = NaN. `out` may be `g`. */
  lmoL1(g: Pointer, out: Pointer, n: number): void;
  /** outᵢ ← -fl(fl(scale gᵢ) / scaledNorm), all 0 if scaledNorm = 0. scaledNorm = ||scale g||₂ with a power of two `scale` that avoids overflow. `out` may be `g`. */
  lmoL2(g: Pointer, out: Pointer, n: number, scale: number, scaledNorm: number): void;
  /** outᵢ ← -sign(gᵢ), +0 at gᵢ = ±0; a non-finite gᵢ gives NaN, so a diverged run cannot pass for sign descent. `out` may be `g`. */
  lmoLinf(g: Pointer, out: Pointer, n: number): void;
  /**
   * Euclidean projection onto {||u||₁ <= radius}: outᵢ ← max(σ - (M - |xᵢ|), 0) with the sign bit of xᵢ, M = maxᵢ |xᵢ|, by popping a max-heap of |x|:
   * σ₁ = radius, and while the next gap M - |x|₍ₖ₎ is below σₖ₋₁, σₖ = (radius + Σ of the k gaps) / k, sum sequential in increasing order of the gaps.
   * No term is a difference of anything larger than itself but the gaps, which are exact where they are small: every outᵢ is within 2 n ε radius of the
   * exact projection, however small the radius. x is copied if ||x||₁ (sequential in decreasing order, up to where the search ends) <= radius or σ >= M.
   * `scratch`: f64[n]. `out` may be `x`. radius >= 0. Any NaN in x makes every out NaN. Source: Duchi et al., ICML 2008.
   */
  projectL1(x: Pointer, out: Pointer, n: number, radius: number, scratch: Pointer): void;
  /** outᵢ ← fl(radius fl(fl(scale xᵢ) / scaledNorm)): the projection onto {||u||₂ <= radius} of an x outside it. `out` may be `x`. */
  projectL2(x: Pointer, out: Pointer, n: number, scale: number, scaledNorm: number, radius: number): void;
  /** outᵢ ← min(max(xᵢ, -radius), radius), NaN stays NaN: the projection onto {||u||_∞ <= radius}. `out` may be `x`. radius >= 0. */
  projectLinf(x: Pointer, out: Pointer, n: number, radius: number): void;
  /**
   * outᵢ ← log(largest / |xᵢ|), accurate relative to itself: -log1p(fl(fl(|xᵢ| - largest) / largest)) where ρ = fl(|xᵢ| / largest) > ½, else -log ρ,
   * else (ρ < 2⁻¹⁰⁰⁰) log(largest) - log |xᵢ|; +inf at 0. largest = maxᵢ |xᵢ|, finite and > 0. `out` may be `x`.
   */
  lpLogGaps(x: Pointer, out: Pointer, n: number, largest: number): void;
  /**
   * outᵢ ← δᵢ >= 0, the root of h(δ) = gapsᵢ; returns Σ exp(-δᵢ), sequential.
   *
   *   h(δ) = low δ - log(slow + fast e^(-spread δ)), spread = fl(1 - 2 low), 0 < low <= ½, slow + fast = 1
   *
   * Newton on the concave h, from max(gap / h'(0), (gap + log slow) / low), below the root, until the iterate no longer increases, at most 100 times; the
   * logarithm is log1p(fast expm1(-spread δ)) while its argument exceeds -½. slow = 0: gap / fl(low + spread). 0, +inf and NaN stay. `out` may be `gaps`.
   * Relative error of δ: a few ε times h(δ) / (δ h'(δ)), the condition number of the root.
   */
  lpShareGaps(gaps: Pointer, out: Pointer, n: number, low: number, fast: number, slow: number): number;
  /**
   * outᵢ ← sign(xᵢ) u, a part of |xᵢ| = u + w with u = first e^(-exponent δᵢ) and w / u = ratio e^((2 exponent - 1) δᵢ): fl(|xᵢ| / fl(1 + w / u)) where
   * w / u <= 1, elsewhere fl(fl(first r) r), r = exp(-exponent δᵢ / 2). xᵢ = ±0 gives +0. ratio = 0 gives u = |xᵢ|; it may be +inf. `out` may be `x` or `delta`.
   */
  lpPart(x: Pointer, delta: Pointer, out: Pointer, n: number, exponent: number, first: number, ratio: number): void;
}

/**
 * Counter-based random numbers, Philox4x32-10 (Salmon et al., SC 2011): block b of a stream is the bijection of the counter (b, stream, 0, 0) under
 * the key (seedLow, seedHigh); it yields two doubles from the word pairs (x0, x1) and (x2, x3). Number i is word pair i mod 2 of block ⌊i / 2⌋.
 */
export interface RandomKernels {
  /** outᵢ ← ((hi >>> 5) 2²⁶ + (lo >>> 6)) 2⁻⁵³ in [0, 1), hi the first word of the pair. */
  randomUniform(out: Pointer, n: number, seedLow: number, seedHigh: number, stream: number): void;
  /** Standard normals by inversion: Φ⁻¹((k + ½) 2⁻⁵²), k = (hi >>> 6) 2²⁶ + (lo >>> 6). Source of Φ⁻¹: Wichura, AS 241, PPND16. */
  randomNormal(out: Pointer, n: number, seedLow: number, seedHigh: number, stream: number): void;
}

/** Every kernel. */
export interface KernelFunctions
  extends ScalarKernels,
    VectorKernels,
    LayerKernels,
    ActivationKernels,
    PoolingKernels,
    ConvolutionKernels,
    MatrixKernels,
    HeadKernels,
    LossKernels,
    NormKernels,
    RandomKernels {}

/** Kernels over one memory of fixed size. */
export interface Kernels extends KernelFunctions {
  /** The memory that every pointer refers to; never detached, because it never grows. */
  readonly buffer: ArrayBuffer;
  /** First byte that belongs to the caller, 64-byte aligned. */
  readonly arenaBase: Pointer;
}

/**
 * Makes kernels over a fresh zeroed memory with at least `byteLength` bytes from `arenaBase` on; for 0 bytes the memory may be shared, since no caller owns any
 * of it.
 */
export type KernelFactory = (byteLength: number) => Kernels;
