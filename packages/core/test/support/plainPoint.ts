import type { KernelFactory } from "@steepest/kernels";
import { arrayNorm, type LabelledData, type Norm } from "../../src/index.js";
import { isTrainable, matricesOf, type PlainMatrix, type PlainNetwork, plainSamples } from "./plainNetwork.js";
import { plainRegistryNorms } from "./plainRegistryNorms.js";

export interface PlainProblem {
  readonly network: PlainNetwork;
  readonly degree: number;
  readonly loss: "exponential" | "logistic";
  readonly data: LabelledData;
  readonly testData: LabelledData;
  readonly kernels: KernelFactory;
}

/** Every field of a record point that belongs to its own θ, computed from the weights alone. */
export interface PlainPoint {
  readonly theta: Float64Array;
  readonly ghat: Float64Array;
  readonly logRisk: number;
  readonly minMargin: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly supportCount: number;
  readonly deadSamples: number;
  /** l⁻¹(R). */
  readonly softMarginNumerator: number;
  norm(of: Norm): number;
  dual(of: Norm, vector: Float64Array): number;
  lengthOf(of: Norm, vector: Float64Array): number;
  /** maxᵢ ||∇f(xᵢ)||_*. */
  maxSampleGradient(of: Norm): number;
  alignment(of: Norm): number;
}

const logLosses = {
  exponential: (q: number) => -q,
  logistic: (q: number) => Math.log(q > 0 ? Math.log1p(Math.exp(-q)) : Math.log1p(Math.exp(q)) - q),
};
/** log(-l'(q)). */
const logSlopes = {
  exponential: (q: number) => -q,
  logistic: (q: number) => (q > 0 ? -q - Math.log1p(Math.exp(-q)) : -Math.log1p(Math.exp(q))),
};

const share = (qs: readonly number[]): number => qs.filter((q) => q > 0).length / qs.length;

/** log(e^R - 1), R = e^logRisk, without overflow. */
function logExpm1(logRisk: number): number {
  const risk = Math.exp(logRisk);
  return risk > 30 ? risk + Math.log1p(-Math.exp(-risk)) : Math.log(Math.expm1(risk));
}

export interface PlainLengths {
  lengthOf(of: Norm, vector: Float64Array): number;
  dual(of: Norm, vector: Float64Array): number;
}

/** Norms of vectors that consist of matrices of these sizes; only those outside the registry are evaluated by the product's own functions. */
export function plainLengths(trained: readonly Pick<PlainMatrix, "rows" | "columns">[], kernels: KernelFactory): PlainLengths {
  const cut = (vector: Float64Array): PlainMatrix[] => {
    let next = 0;
    return trained.map(({ rows, columns }) => {
      next += rows * columns;
      return { rows, columns, values: vector.slice(next - rows * columns, next) };
    });
  };
  const asProduct = (of: Norm) =>
    arrayNorm(of, kernels, () => {
      let offset = 0;
      return trained.map(({ rows, columns }) => {
        offset += rows * columns;
        return { offset: offset - rows * columns, rows, columns };
      });
    });
  const plain = (of: Norm) => plainRegistryNorms[of.id];
  return {
    lengthOf: (of, vector) => plain(of)?.norm(cut(vector)) ?? asProduct(of).norm(vector),
    dual: (of, vector) => plain(of)?.dual(cut(vector)) ?? asProduct(of).dualNorm(vector),
  };
}

/** The point in plain arithmetic; only norms outside the registry are evaluated by the product's own functions, in a memory of their own. */
export function plainPoint({ network, loss, data, testData, kernels }: PlainProblem, weights: Float64Array): PlainPoint {
  const samples = plainSamples(network, weights, data);
  const qs = samples.map(({ q }) => q);
  const logs = qs.map(logLosses[loss]);
  const top = Math.max(...logs);
  const logRisk = top + Math.log(logs.reduce((total, one) => total + Math.exp(one - top), 0));
  const trained = matricesOf(network, weights).filter((_, layer) => isTrainable(network, layer));
  const theta = Float64Array.from(trained.flatMap(({ values }) => [...values]));
  const ghat = new Float64Array(theta.length);
  samples.forEach(({ q, gradient }, i) => {
    const weight = Math.exp(logSlopes[loss](q) - logRisk);
    gradient.forEach((g, j) => {
      ghat[j]! -= weight * data.labels[i]! * g;
    });
  });
  const minMargin = Math.min(...qs);

  const { lengthOf, dual } = plainLengths(trained, kernels);
  return {
    theta,
    ghat,
    logRisk,
    minMargin,
    trainAccuracy: share(qs),
    testAccuracy: share(plainSamples(network, weights, testData).map(({ q }) => q)),
    supportCount: minMargin > 0 ? qs.filter((q) => q <= 1.01 * minMargin).length : 0,
    deadSamples: samples.filter(({ q, gradient }) => q === 0 && gradient.every((g) => g === 0)).length,
    softMarginNumerator: loss === "exponential" ? -logRisk : -logExpm1(logRisk),
    norm: (of) => lengthOf(of, theta),
    dual,
    lengthOf,
    maxSampleGradient: (of) => Math.max(...samples.map(({ gradient }) => dual(of, gradient))),
    alignment: (of) => -theta.reduce((total, value, j) => total + value * ghat[j]!, 0) / lengthOf(of, theta) / dual(of, ghat),
  };
}
