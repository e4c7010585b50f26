import { DefinitionError, type LabelledData, norms } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import type { KernelFactory } from "@steepest/kernels";
import { exactRow, pivotColumns } from "../arithmetic/exactRows.js";
import { innerProduct } from "../arithmetic/innerProduct.js";
import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import { matrixAtoms } from "../atoms/matrixAtoms.js";
import { boundedNorm } from "../bound/boundedNorm.js";
import { requireLimits } from "../solver/limits.js";
import { breathing, smallestCombination } from "../solver/smallestCombination.js";
import { largestRank } from "./activationPatterns.js";
import { balanced, type HiddenNeurons, marginBelow } from "./hiddenNeurons.js";
import { provenInseparable } from "./inseparable.js";
import { type ConeNeuron, length, NeuronCones } from "./neuronCones.js";

export interface MaxReluMarginOptions {
  /** Makes the kernels of the linear programmes' memory, `loadKernels(bytes)` of `@steepest/kernels`. */
  readonly kernels: KernelFactory;
  /** The relative distance of the bounds at which the search ends. Default 1e-6. */
  readonly tolerance?: number;
  /** Most linear programmes. Default 200. */
  readonly iterations?: number;
  readonly signal?: AbortSignal;
}

/** The largest ℓ2 margin of two-layer ReLU networks on a data set, between bounds, and what proves each. */
export interface MaxReluMargin {
  /** The margin of the network of `hidden` and `output`, rounded downwards. */
  readonly lower: number;
  /** ½ max {|Σ λᵢ yᵢ relu(⟨w, xᵢ⟩)| : ||w||₂ <= 1} / Σ λᵢ, rounded upwards: a bound for networks of any width. */
  readonly upper: number;
  /** f64[width][inputDim]: the first layer. */
  readonly hidden: Float64Array;
  /** f64[width]: the second. */
  readonly output: Float64Array;
  /** Neurons of the network: networks at least this wide reach `lower`. 0 where none separates. */
  readonly width: number;
  /** true: `lower` > 0. false: proven that no network of this kind separates the data. undefined: neither, but for rounding there is none. */
  readonly separable: boolean | undefined;
  /** f64[n], >= 0, with a sum of about 1. */
  readonly lambda: Float64Array;
  /** Activation patterns that neurons can have on the samples. */
  readonly patterns: number;
  readonly iterations: number;
  /** true: upper - lower <= tolerance · upper. */
  readonly closed: boolean;
}

/** Most neurons that a round adds, for each sample. */
const addedPerSample = 4;
/** Distance of neurons that are one but for rounding, at the edge that their cones share. */
const shared = 1e-12;

/** Most samples: their patterns grow with the square of the number. */
const mostSamples = 400;

/**
 * The global maximum of the ℓ2 margin of two-layer ReLU networks without biases, f(x) = Σ aⱼ relu(⟨wⱼ, x⟩), over all their weights and widths,
 *
 *   γ* = max minᵢ yᵢ f(xᵢ) / ||θ||₂² = ½ min {max {|Σ λᵢ yᵢ relu(⟨w, xᵢ⟩)| : ||w||₂ <= 1} : λ >= 0, Σ λᵢ = 1}.
 *
 * ||w||² + a² >= 2 |a| ||w||, with equality for balanced layers, so γ* is half the largest margin at Σ |aⱼ| ||wⱼ|| <= 1, a convex problem over measures on
 * the sphere, with an optimum of at most n neurons. Neurons are added to a linear programme until no cone of neurons, one for each activation pattern, holds
 * a better one. Both bounds are theorems about the data as they are stored. Data that no network separates have γ* = 0.
 *
 * Source: Pilanci and Ergen, ICML 2020 (the convex programme over patterns); Bach, JMLR 18 (2017) (neurons added one by one).
 *
 * @param data     samples of rank at most 3, such as all with three inputs or less, labels -1 and +1; a bias of the first layer is a constant column
 * @param options  kernels, tolerance and limits
 * @returns bounds, a network that attains the lower one, and multipliers that prove the upper
 * @throws DataError        if inputs are not finite, or labels are not what they should be
 * @throws DefinitionError  if there are several classes, more than 400 samples, or samples of a larger rank, or if limits are none
 */
export async function maxReluMargin(data: LabelledData, options: MaxReluMarginOptions): Promise<MaxReluMargin> {
  const { kernels, tolerance = 1e-6, iterations = 200, signal } = options;
  requireLimits(tolerance, iterations);
  checkData("data", data, false);
  const { samples, scale } = scaledSamples(data);
  const { labels, inputDim } = data;
  const cones = new NeuronCones(samples, labels);
  const breathe = breathing(signal);
  const pool: ConeNeuron[] = [];
  let lambda: Float64Array = new Float64Array(samples.length).fill(1 / samples.length);
  let best = { lower: 0, neurons: balanced([], [], inputDim) };
  let proof = { upper: cones.upperBound(lambda) / 2, lambda };
  let rounds = 0;
  let fresh = cones.neurons(lambda, 0);
  while (rounds < iterations && fresh.length > 0 && proof.upper - best.lower > tolerance * proof.upper) {
    await breathe();
    rounds += 1;
    pool.push(...worstOf(fresh, addedPerSample * samples.length));
    const norm = boundedNorm(norms.l1, kernels, [{ offset: 0, rows: 1, columns: pool.length }]);
    const atoms = matrixAtoms(features(samples, labels, pool), pool.length);
    const answer = await smallestCombination(atoms, norm, { tolerance: Math.min(1e-9, tolerance / 8), ...(signal && { signal }) });
    lambda = answer.lambda;
    for (const neurons of networksOf(answer.theta, pool, inputDim)) {
      const lower = marginBelow(samples, labels, neurons);
      if (lower > 0 && lower >= best.lower * (1 - 1e-14)) best = { lower, neurons };
    }
    const upper = cones.upperBound(lambda) / 2;
    if (upper < proof.upper) proof = { upper, lambda };
    fresh = cones.neurons(lambda, answer.upper * (1 + tolerance / 8));
  }
  const { upper } = proof;
  return {
    lower: Math.min(best.lower, upper) * scale,
    upper: upper * scale,
    ...best.neurons,
    width: best.neurons.output.length,
    separable: best.lower > 0 ? true : await provenInseparable(samples, labels, kernels),
    lambda: proof.lambda,
    patterns: cones.patterns.length,
    iterations: rounds,
    closed: upper - best.lower <= tolerance * upper,
  };
}

/** The neurons of the largest values, those that several cones share once. */
function worstOf(neurons: readonly ConeNeuron[], most: number): ConeNeuron[] {
  const taken: ConeNeuron[] = [];
  for (const neuron of [...neurons].sort((a, b) => b.value - a.value || a.cone - b.cone || b.side - a.side)) {
    if (taken.length === most) break;
    if (!taken.some(({ w }) => w.every((value, j) => Math.abs(value - neuron.w[j]!) < shared))) taken.push(neuron);
  }
  return taken;
}

/** yᵢ relu(⟨wⱼ, xᵢ⟩), row by row. */
function features(samples: readonly Float64Array[], labels: ArrayLike<number>, neurons: readonly ConeNeuron[]): Float64Array {
  const out = new Float64Array(samples.length * neurons.length);
  let at = 0;
  for (const [i, x] of samples.entries()) {
    for (const { w } of neurons) out[at++] = labels[i]! * Math.max(innerProduct(w, 0, x, 0, x.length), 0);
  }
  return out;
}

/** The network of a combination of neurons, and the one whose neurons of one cone and sign are added up: shorter or as long, and the same on all samples. */
function networksOf(theta: Float64Array, pool: readonly ConeNeuron[], inputDim: number): HiddenNeurons[] {
  const used = [...theta.keys()].filter((j) => theta[j] !== 0);
  const merged = new Map<string, { readonly sign: number; readonly sum: Float64Array }>();
  for (const j of used) {
    const { cone, w } = pool[j]!;
    const sign = theta[j]! < 0 ? -1 : 1;
    const key = `${cone} ${sign}`;
    const entry = merged.get(key) ?? { sign, sum: new Float64Array(inputDim) };
    for (let i = 0; i < inputDim; i++) entry.sum[i]! += Math.abs(theta[j]!) * w[i]!;
    merged.set(key, entry);
  }
  const sums = [...merged.values()].map(({ sign, sum }) => ({ sign, sum, size: length(sum) })).filter(({ size }) => size > 0);
  return [
    balanced(
      used.map((j) => pool[j]!.w),
      used.map((j) => theta[j]!),
      inputDim,
    ),
    balanced(
      sums.map(({ sum, size }) => sum.map((value) => value / size)),
      sums.map(({ sign, size }) => sign * size),
      inputDim,
    ),
  ];
}

/** The samples over the largest power of two that is at most their largest entry. */
function scaledSamples({ inputs, inputDim, classes }: LabelledData): { readonly samples: Float64Array[]; readonly scale: number } {
  if (classes !== undefined) throw DefinitionError.at("data.classes", `is ${classes}, expected labels -1 and +1`, { value: classes });
  const count = inputs.length / inputDim;
  if (count > mostSamples) {
    throw DefinitionError.at("data.inputs", `are ${count} samples, expected at most ${mostSamples}`, {
      value: count,
      hint: "take a part of them: the largest margin of fewer samples is an upper bound",
    });
  }
  const largest = inputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = powerOfTwoBelow(largest) || 1;
  const samples = Array.from({ length: count }, (_, i) =>
    Float64Array.from(inputs.subarray(i * inputDim, (i + 1) * inputDim), (value) => value / scale),
  );
  const rank = pivotColumns(samples.map(exactRow), largestRank + 1).length;
  if (rank > largestRank) {
    throw DefinitionError.at("data.inputs", `span more than ${largestRank} dimensions`, {
      value: inputDim,
      hint: "the activation patterns are enumerated for samples of rank 3 at most",
    });
  }
  return { samples, scale };
}
