import { norms as builtIn, losses, type Network, type Norm, normOf, type SupervisedData, Training } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import type { DatasetHost, DrawnData } from "../dataset/dataset.js";
import { freshSamples } from "../dataset/registry.js";
import { endsOfDrawn } from "../network/ends.js";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import { measurementsOf, probeOf, probesOfWeights } from "../probe/probe.js";
import type { Probe } from "../probe/probeFacts.js";
import type { RunDefinition } from "../record/definition.js";
import { readRow } from "../record/row.js";
import { trainOptions } from "../run.js";

/** The numbers that weights and data decide, by the names of probes. */
export interface WeightReadings {
  /** "logRisk", "trainAccuracy", ... */
  readonly scalars: Readonly<Record<string, number>>;
  /** By the id of the norm, then by the probe's name before it: inNorms.linf.margin is the probe margin.linf. */
  readonly inNorms: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Weights that are asked about. */
export interface WeightsQuestion {
  /** The run whose network, data and loss they are of. Its steps are not made. */
  readonly run: RunDefinition;
  readonly data: DrawnData;
  /** f64[totalCount], as `placedWeights` gives them; not modified. */
  readonly weights: Float64Array;
  /** Norms beside the built-in ones, the arm's own and those of the run's probes. */
  readonly norms?: readonly Norm[];
}

/**
 * The network of a run on its drawn data.
 *
 * @param run    the definition of the run
 * @param train  its training samples
 * @returns the network, whose layout says which blocks of weights it has
 * @throws DefinitionError  if the network does not fit the data
 */
export function networkOfRun({ network, dataset }: Pick<RunDefinition, "network" | "dataset">, train: SupervisedData): Network {
  return buildNetwork(network, endsOfDrawn(dataset, train));
}

/**
 * Measures weights that were trained anywhere, as a run measures its own: bit for bit what it would record at these weights.
 *
 * @param question  the weights, and the run that they are of
 * @param host      provides kernels
 * @returns every probe that weights and data alone decide, in every norm; those without a meaning for the data, the loss or the network are left out
 * @throws DefinitionError, DimensionError, DataError, ArenaFullError  as a run that starts there
 */
export function measureWeights({ run, data: { train, test }, weights, norms = [] }: WeightsQuestion, host: DatasetHost): WeightReadings {
  const options = trainOptions(run, train, test, { fresh: (count) => freshSamples(run.dataset, run.seed, count, host), weights });
  const asked = [...(options.track ?? []), ...(run.record.norms ?? []).map(normOf), ...norms];
  const wanted = [...Object.values<Norm>(builtIn), buildOptimizer(run.arm.optimizer).ownNorm, ...asked];
  const track = [...new Map(wanted.map((norm) => [norm.id, norm])).values()];
  const { isHomogeneous = true } = options.network;
  const hasMeaning = (probe: Probe): boolean =>
    !(probe.needsTest && !test) &&
    !(probe.needsLabels && hasTargets(train)) &&
    !(probe.needsTargets && !hasTargets(train)) &&
    !(probe.needsMargins && losses[run.loss.kind].sees === "targets") &&
    !(probe.needsHomogeneity && !isHomogeneous) &&
    !(probe.isOfLimit && isHomogeneous);
  const kept = (names: readonly string[]): string[] => names.filter((name) => hasMeaning(probeOf(name)!));
  const scalars = kept(probesOfWeights.scalars);
  const byNorm = new Map(track.map(({ id }) => [id, kept(probesOfWeights.inNorms.map((kind) => `${kind}.${id}`))]));
  const all = [...scalars, ...[...byNorm.values()].flat()];
  const { stop: _, watchSoftMargin: __, ...started } = options;
  const point = new Training({ ...started, ...(test && { testData: test }), track, measure: measurementsOf(all) }, host).point();
  const row = readRow(point, all);
  return {
    scalars: Object.fromEntries(scalars.map((name) => [name, row[name]!])),
    inNorms: Object.fromEntries(
      [...byNorm].map(([id, names]) => [id, Object.fromEntries(names.map((name) => [name.slice(0, -id.length - 1), row[name]!]))]),
    ),
  };
}
