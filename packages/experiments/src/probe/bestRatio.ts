import {
  DefinitionError,
  type LabelledData,
  type Network,
  type Norm,
  type Training,
  type TrainOptions,
  type TrainPoint,
} from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { probeOf } from "./probe.js";
import { trackedOfProbe } from "./trackedOfProbe.js";

/** A place of a run at which a certificate is asked for. */
export interface CertifiedPlace {
  readonly network: Network;
  readonly data: LabelledData;
  /** Every weight, blocks in layer order. */
  readonly weights: Float64Array;
  readonly norm: Norm;
  /** wᵢ = -l'(qᵢ) / R, from which the search for better multipliers starts. */
  readonly sampleWeights: Float64Array;
}

/** A proven lower bound of the tangent margin ratio with the best multipliers, as `certify` of `@steepest/certificates` finds it; NaN where no margin is positive. */
export type BestRatioOracle = (place: CertifiedPlace) => Promise<number>;

/** The probe, before the id of its norm. */
const kind = "kkt.bestTangentMarginRatio";

/**
 * The tangent margin ratio with the best multipliers, in every norm that probes ask about:
 *
 *   kkt.bestTangentMarginRatio.NORM = κ = L q_min / (||θ|| D*),  D* = min over λ in the simplex of ||Σ λₖ ∇qₖ||_*
 *
 * rounded downwards, with any derivative where an activation is at its kink. `own` is asked about in the norm of the optimiser that is at work.
 *
 * @param names     of probes of a run
 * @param training  its samples and network, and the optimisers, whose norms `own` stands for
 * @param oracle    answers for every norm at every point
 * @returns the readings of a point, by the names of probes; undefined if no probe asks for them
 * @throws DefinitionError  if one does, and there is no oracle
 */
export function bestRatioReadings(
  names: readonly string[],
  { data, network, optimizer, phases = [], track = [] }: Pick<TrainOptions, "data" | "network" | "optimizer" | "phases" | "track">,
  oracle: BestRatioOracle | undefined,
):
  | ((training: Pick<Training, "parameters" | "weights">, point: Pick<TrainPoint, "ownNorm">) => Promise<Readonly<Record<string, number>>>)
  | undefined {
  const asked = names.filter((name) => probeOf(name)?.needsCertificate);
  if (asked.length === 0 || hasTargets(data)) return undefined;
  if (!oracle) {
    throw DefinitionError.at("record.probes", `${asked[0]} needs a certificate, which this program does not compute`, {
      value: asked[0],
      hint: "run the experiment with the command line, or record kkt.tangentMarginRatio",
    });
  }
  const named = asked.flatMap((name) => trackedOfProbe(name, track) ?? []);
  const ownNorms = [optimizer, ...phases.flatMap((phase) => phase.optimizer ?? [])].map(({ ownNorm }) => ownNorm);
  const hasOwn = named.length < asked.length;
  return async (training, { ownNorm }) => {
    const own = hasOwn ? ownNorms.filter(({ id }) => id === ownNorm) : [];
    const norms = new Map([...named, ...own].map((norm) => [norm.id, norm]));
    const shared = { network, data, weights: training.parameters(), sampleWeights: training.weights() };
    const readings: Record<string, number> = {};
    for (const [id, norm] of norms) readings[`${kind}.${id}`] = await oracle({ ...shared, norm });
    return readings;
  };
}
