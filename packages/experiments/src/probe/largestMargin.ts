import { DefinitionError, type LabelledData, type Network, type Norm, type TrainOptions } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { probeOf } from "./probe.js";
import { trackedOfProbe } from "./trackedOfProbe.js";

/**
 * The largest margin on data, in one norm, of linear models, or in ℓ2 of two-layer ReLU networks of any width: `maxMargin` and `maxReluMargin` of
 * `@steepest/certificates`, with their kernels.
 */
export type LargestMarginOracle = (data: LabelledData, norm: Norm, network: Network) => Promise<LargestMargin>;

/** The part of an oracle's answer that is read. */
export interface LargestMargin {
  /** A number that no margin exceeds. */
  readonly upper: number;
  /** A direction of (nearly) that margin, of a linear model. */
  readonly theta?: Float64Array;
  /** true: something separates the data. */
  readonly separable: boolean | undefined;
  readonly uniqueness?: { readonly unique: boolean | undefined };
}

/** Weights of the model, of a linear one f64[outputs][inputDim], and their margins by norm, as numbers by the names of probes. */
export type LargestMarginReadings = (weights: Float64Array, margins: Readonly<Record<string, number>>) => Readonly<Record<string, number>>;

/**
 * A linear model against the best linear model, or a two-layer ReLU network against the best of any width, in every norm that probes ask about:
 *
 *   marginRatio.NORM = γ(θ) / γ*,  γ* the oracle's upper bound, so that it is a lower bound of the share that is reached
 *   maxMarginCosine.NORM = ⟨W, W*⟩ / (||W||₂ ||W*||₂),  W* the maximiser of a linear model; NaN where another one has the same margin
 *
 * Both are NaN on data that nothing separates.
 *
 * @param names     of probes of a run
 * @param training  its samples and network, and the optimisers, whose norms `own` stands for
 * @param oracle    answers once for every norm
 * @returns the readings; undefined if no probe asks for them
 * @throws DefinitionError  if one does, and there is no oracle
 */
export async function largestMarginReadings(
  names: readonly string[],
  { data, network, optimizer, phases = [], track = [] }: Pick<TrainOptions, "data" | "network" | "optimizer" | "phases" | "track">,
  oracle: LargestMarginOracle | undefined,
): Promise<LargestMarginReadings | undefined> {
  const asked = names.filter((name) => probeOf(name)?.needsLargest);
  if (asked.length === 0 || hasTargets(data)) return undefined;
  if (!oracle) {
    throw DefinitionError.at("record.probes", `${asked[0]} needs the largest margin there is, which this program does not compute`, {
      value: asked[0],
      hint: "run the experiment with the command line, or leave the probe out",
    });
  }
  const ownNorms = [optimizer, ...phases.flatMap((phase) => phase.optimizer ?? [])].map(({ ownNorm }) => ownNorm);
  const needed = asked.flatMap((name) => trackedOfProbe(name, track) ?? ownNorms);
  const norms = new Map(needed.map((norm) => [norm.id, norm]));
  const answers = new Map<string, LargestMargin>();
  for (const [id, norm] of norms) answers.set(id, await oracle(data, norm, network));
  return (weights, margins) => {
    const readings: Record<string, number> = {};
    for (const [id, { upper, theta, separable, uniqueness }] of answers) {
      readings[`marginRatio.${id}`] = separable ? margins[id]! / upper : Number.NaN;
      readings[`maxMarginCosine.${id}`] = separable && theta && uniqueness?.unique !== false ? cosine(weights, theta) : Number.NaN;
    }
    return readings;
  };
}

/** The cosine of two vectors, of each over its largest entry, so that no square leaves the range. */
function cosine(x: Float64Array, y: Float64Array): number {
  const [a, b] = [x, y].map((v) => v.reduce((most, value) => Math.max(most, Math.abs(value)), 0)) as [number, number];
  let [inner, xx, yy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [u, v] = [value / a, y[i]! / b];
    inner += u * v;
    xx += u * u;
    yy += v * v;
  }
  return inner / Math.sqrt(xx) / Math.sqrt(yy);
}
