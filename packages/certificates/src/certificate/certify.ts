import { DefinitionError, DimensionError, type Norm, normShape } from "@steepest/core";
import { checkData } from "@steepest/core/internal";
import type { KernelFactory } from "@steepest/kernels";
import { type BoundedNorm, boundedNorm } from "../bound/boundedNorm.js";
import { completed } from "../clarke/completed.js";
import { withLentMemory } from "../memory/lentMemory.js";
import { type NetworkPoint, TangentProblem } from "../tangent/tangentProblem.js";
import { type CertificateDocument, certificateFormat } from "./document.js";
import type { Enclosure } from "./enclosure.js";
import { type Evaluation, evaluated, generosity, marginEnclosure, normEnclosure } from "./evaluate.js";
import { scaled } from "./scaled.js";
import { f64Bytes, sealedText, sha256 } from "./seal.js";

/** The question of a certificate. */
export interface CertifyOptions extends NetworkPoint {
  readonly norm: Norm;
  readonly kernels: KernelFactory;
  /** The network as definitions write it, with which the certificate can be checked without this library; null: nothing else can check it. Default null. */
  readonly networkDefinition?: unknown;
  /** SHA-256 of the canonical JSON of the run's definition. */
  readonly definitionHash?: string;
  /** wᵢ = -l'(qᵢ) / R, one per sample: the multipliers of training, from which the search starts. */
  readonly sampleWeights?: ArrayLike<number>;
  /** The share of the sum of |products| up to which the input of a kinked activation counts as 0 in the second entry; 0: no second entry. Default 0.01. */
  readonly kinks?: number;
  /** The relative distance of the bounds of κ at which the search ends. Default 1e-6, and 1e-9 where the solver of the search in this norm, at this size, reaches it. */
  readonly tolerance?: number;
  readonly signal?: AbortSignal;
}

/** The answer: a certificate and its file, or the margin that is not positive. */
export type Certification =
  | { readonly kind: "certified"; readonly document: CertificateDocument; readonly text: string }
  | {
      /** No margin is known to be positive: before perfect accuracy there is no KKT point to be near. */
      readonly kind: "noMargin";
      readonly minMargin: Enclosure;
      readonly sample: number;
    };

/** The share up to which an input counts as 0 at θ itself: far above rounding, far below what a step of training moves. */
const kinkOfTheta = 2 ** -36;

/**
 * The certificate of θ in a norm: how near θ is to a KKT point of the margin problem min ½||θ||² subject to qₖ(θ) >= 1, with the best multipliers.
 *
 *   κ = L q_min / (||θ|| D*)      D* = min over λ in the simplex of ||Σ λₖ ∇qₖ(θ)||_*      0 < κ <= 1, and 1 iff KKT
 *
 * The multipliers are proposed by the solver of the norm and the bounds computed from them alone, rounded outwards. The derivative of an activation at its kink is
 * any number between those on both sides (the Clarke subdifferential): at the kinks of θ in the first entry, and within `kinks` of them in a second one.
 *
 * @param options  network, data with labels, weights, norm, kernels
 * @returns the certificate with its file, or `noMargin` with the margin that is not positive
 * @throws DefinitionError  if the network is not homogeneous, the data has targets, or an option has no meaning
 * @throws DimensionError   if the weights do not fit the network
 * @throws the signal's reason
 * Source: Tsilivis et al., JMLR 27 (2026), definition 26; Lyu and Li, ICLR 2020, appendix C.
 */
export async function certify(options: CertifyOptions): Promise<Certification> {
  checkCertifiable(options);
  return withLentMemory(options.kernels, (kernels) => certified({ ...options, kernels }));
}

async function certified(options: CertifyOptions): Promise<Certification> {
  const { network, data, norm, kernels, kinks = 0.01 } = options;
  const { point, scale } = scaled(options);
  const problem = new TangentProblem(point, kernels);
  const smallest = problem.margins.map((margin) => marginEnclosure(margin, problem.size)).map((enclosure, k) => ({ enclosure, k }));
  const least = smallest.reduce((best, one) => (one.enclosure[0] < best.enclosure[0] ? one : best));
  const minMargin: Enclosure = [least.enclosure[0], smallest.reduce((most, { enclosure }) => Math.min(most, enclosure[1]), Infinity)];
  if (!(minMargin[0] > 0)) return { kind: "noMargin", minMargin, sample: problem.pairs[least.k]!.sample };

  const theta = trainableOf(point);
  const [bound, dual] = [norm, norm.dual].map((one) => boundedNorm(one, kernels, normShape(network.layout).blocks)) as [
    BoundedNorm,
    BoundedNorm,
  ];
  const evaluation: Evaluation = {
    problem,
    norm: bound,
    theta,
    degree: network.degree,
    minMargin,
    size: normEnclosure(bound, dual, theta),
  };
  const exact = Math.max(kinkOfTheta, 8 * generosity * problem.gamma);
  const tolerances = kinks > exact && problem.hasKinksWithin(kinks) ? [exact, kinks] : [exact];
  const entries = [];
  let start = { theta, sampleWeights: options.sampleWeights };
  for (const tolerance of tolerances) {
    const proposal = await completed(evaluation, tolerance, { ...options, ...start });
    entries.push(evaluated(evaluation, proposal, tolerance));
    start = { ...start, theta: proposal.direction };
  }
  const document: CertificateDocument = {
    format: certificateFormat,
    theta: await sha256(f64Bytes(options.weights)),
    data: await sha256(f64Bytes(data.inputs, data.labels)),
    ...(options.definitionHash !== undefined && { definition: options.definitionHash }),
    network: options.networkDefinition ?? null,
    norm: norm.id,
    degree: network.degree,
    scale,
    minMargin,
    size: evaluation.size,
    rounding: problem.isRigorous && bound.isProven ? "proven" : "estimated",
    entries,
  };
  return { kind: "certified", document, text: await sealedText(document) };
}

/** θ as norms see it: the trainable blocks in layer order. */
export function trainableOf({ network, weights }: NetworkPoint): Float64Array {
  const theta = new Float64Array(network.layout.parameterCount);
  let next = 0;
  for (const { offset, outputs, inputs, trainable: isTrained } of network.layout.blocks) {
    const length = outputs * inputs;
    if (isTrained) theta.set(weights.subarray(next, next + length), offset);
    next += length;
  }
  return theta;
}

/** All weights of a point, with other trainable ones. */
export function withTrainable({ network, weights }: NetworkPoint, theta: Float64Array): Float64Array {
  const all = weights.slice();
  let next = 0;
  for (const { offset, outputs, inputs, trainable: isTrained } of network.layout.blocks) {
    const length = outputs * inputs;
    if (isTrained) all.set(theta.subarray(offset, offset + length), next);
    next += length;
  }
  return all;
}

/** @throws DefinitionError, DimensionError, DataError  if a question about a certificate has no meaning */
export function checkCertifiable({ network, data, weights, kinks = 0.01, tolerance = 1e-6 }: CertifyOptions): void {
  if (network.isHomogeneous === false) {
    throw DefinitionError.at("network", "is not homogeneous, and its margin problem no problem of directions", { value: network.kind });
  }
  if (!("labels" in data))
    throw DefinitionError.at("data", "has targets and no labels, so no margins", { hint: "certificates are of classifiers" });
  checkData("data", data, false);
  const wanted = data.classes ?? 1;
  if (network.outputs !== wanted) {
    throw DefinitionError.at("network", `gives ${network.outputs} scores per sample, expected ${wanted} for the labels`, {
      value: network.outputs,
    });
  }
  const { totalCount } = network.layout;
  if (!(weights instanceof Float64Array) || weights.length !== totalCount) {
    throw DimensionError.at("weights", `must be a Float64Array of length ${totalCount}: every weight, blocks in layer order`, {
      value: weights?.length,
    });
  }
  const bad = weights.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw DefinitionError.at(`weights[${bad}]`, "must be finite", { value: weights[bad] });
  if (!(kinks >= 0 && kinks < 1)) throw DefinitionError.at("kinks", "must be in [0, 1)", { value: kinks });
  if (!(tolerance > 0 && tolerance < 1)) throw DefinitionError.at("tolerance", "must be in (0, 1)", { value: tolerance });
}
