import { CompensatedSum } from "../arithmetic/compensated.js";
import { exactRow } from "../arithmetic/exactRows.js";
import { innerProduct } from "../arithmetic/innerProduct.js";
import { above, below } from "../arithmetic/outward.js";
import { euclideanAbove } from "../bound/rowLengths.js";
import { type ActivationPattern, activationPatterns } from "./activationPatterns.js";
import { type ConeProjection, projectOntoCone } from "./coneProjection.js";

/** The best neuron of a cone against multipliers: the w, ||w||₂ = 1, with the largest side · Σ λᵢ yᵢ relu(⟨w, xᵢ⟩). */
export interface ConeNeuron {
  /** The place of the cone, and the sign of the neuron's output weight. */
  readonly cone: number;
  readonly side: number;
  readonly w: Float64Array;
  readonly value: number;
}

/** Facets of a cone, by their place, and multipliers >= 0. */
type Shift = Pick<ConeProjection, "active" | "multipliers">;

const none: Shift = { active: [], multipliers: [] };

/**
 * The cones of neurons of one activation pattern on signed samples, where Σ λᵢ yᵢ relu(⟨w, xᵢ⟩) = ⟨h, w⟩ is linear in w, h = Σ λᵢ yᵢ xᵢ over the active
 * samples. The largest |Σ λᵢ yᵢ relu(⟨w, xᵢ⟩)| over ||w||₂ <= 1 is that of the finitely many cones, each a projection.
 */
export class NeuronCones {
  readonly patterns: readonly ActivationPattern[];
  readonly #samples: readonly Float64Array[];
  readonly #labels: ArrayLike<number>;
  /** The normals of a cone's facets that point into it, of length about 1. */
  readonly #normals: readonly (readonly Float64Array[])[];

  /** @param samples  rows of one length and of rank at most 3, finite. @param labels  -1 or +1 for each */
  constructor(samples: readonly Float64Array[], labels: ArrayLike<number>) {
    this.#samples = samples;
    this.#labels = labels;
    this.patterns = activationPatterns(samples.map(exactRow));
    const units = samples.map(unit);
    const opposite = units.map((x) => x.map((value) => -value));
    this.#normals = this.patterns.map(({ signs, facets }) => facets.map((k) => (signs[k]! > 0 ? units : opposite)[k]!));
  }

  /** The best neuron of every cone and side whose value exceeds `least`, in the order of the cones. */
  neurons(lambda: Float64Array, least: number): ConeNeuron[] {
    const found: ConeNeuron[] = [];
    for (const [cone, { signs }] of this.patterns.entries()) {
      const h = this.#plainSum(lambda, signs);
      if (!(length(h) > least)) continue;
      for (const side of [1, -1]) {
        const { point } = projectOntoCone(side > 0 ? h : h.map((value) => -value), this.#normals[cone]!);
        const value = length(point);
        if (value > least) found.push({ cone, side, w: point.map((entry) => entry / value), value });
      }
    }
    return found;
  }

  /**
   * A number >= max {|Σ λᵢ yᵢ relu(⟨w, xᵢ⟩)| : ||w||₂ <= 1} / Σ λᵢ, for λ >= 0 of any sum. Each cone is bounded by ||h + Σ μₖ nₖ||, whatever the multipliers
   * μ >= 0 of its facets, in twice the precision and rounded upwards; the cones are all there are.
   */
  upperBound(lambda: Float64Array): number {
    let [total, terms, most] = [0, 0, 0];
    for (const value of lambda) {
      if (!(value >= 0 && value < Infinity)) return Infinity;
      total += value;
      if (value > 0) terms += 1;
    }
    for (const [cone, { signs }] of this.patterns.entries()) {
      if (this.#bounded(lambda, signs, 1, cone, none) <= most) continue;
      const h = this.#plainSum(lambda, signs);
      for (const side of [1, -1]) {
        const shift = projectOntoCone(side > 0 ? h : h.map((value) => -value), this.#normals[cone]!);
        most = Math.max(most, this.#bounded(lambda, signs, side, cone, shift));
      }
    }
    return above(most / below(total, terms + 2), 4);
  }

  #bounded(lambda: Float64Array, signs: Int8Array, side: number, cone: number, { active, multipliers }: Shift): number {
    const sum = new CompensatedSum(this.#samples[0]!.length);
    for (const [i, x] of this.#samples.entries()) {
      if (signs[i]! > 0 && lambda[i]! > 0) sum.add(side * this.#labels[i]! * lambda[i]!, x);
    }
    const { facets } = this.patterns[cone]!;
    for (const [i, place] of active.entries()) {
      const k = facets[place]!;
      const x = this.#samples[k]!;
      // a normal is rounded, the sample is not: any positive multiple of it will do
      sum.add(signs[k]! * (multipliers[i]! / length(x)), x);
    }
    const { value, error } = sum.enclosed();
    return above(euclideanAbove(value) + euclideanAbove(error), 2);
  }

  #plainSum(lambda: Float64Array, signs: Int8Array): Float64Array {
    const h = new Float64Array(this.#samples[0]!.length);
    for (const [i, x] of this.#samples.entries()) {
      const factor = signs[i]! > 0 ? this.#labels[i]! * lambda[i]! : 0;
      if (factor !== 0) for (let j = 0; j < h.length; j++) h[j]! += factor * x[j]!;
    }
    return h;
  }
}

/** ||x||₂ of x over its largest entry, so that no square leaves the range. */
export function length(x: Float64Array): number {
  const largest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  const scaled = x.map((value) => value / largest);
  return largest * Math.sqrt(innerProduct(scaled, 0, scaled, 0, x.length));
}

function unit(x: Float64Array): Float64Array {
  const size = length(x);
  return size > 0 ? x.map((value) => value / size) : x;
}
