import { ArenaPlan, largestOf, type Sized } from "@steepest/kernels";
import { requireNonNegative, requireObject } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { outputsOf } from "../head/fit.js";
import type { SampleShape } from "../network/data.js";
import { type Network, networkPart } from "../network/network.js";
import { normShape } from "../network/normShape.js";
import { normScratch } from "../norm/boundNorm.js";
import type { Norm, NormShape } from "../norm/norm.js";
import type { Optimizer } from "../optimizer/optimizer.js";
import { type BatchSizes, checkBatchSizes, isFresh } from "./batches.js";
import { planLimit } from "./homogeneity.js";
import { Meters } from "./measurement/meters.js";
import type { Measurement } from "./measurement/registry.js";
import { planMiniBatches } from "./miniBatches.js";
import { checkParts, type TrainOptions } from "./options.js";
import { parameterSpans } from "./parameterStore.js";
import { optimizersOf, Pilot } from "./pilot.js";
import { riskSpans } from "./risk.js";
import { trackedNorms } from "./trackedNorms.js";

/** The sizes of a training that its memory depends on. */
export interface TrainingShape {
  readonly network: Network;
  /** The network and the samples without input columns that are always zero. */
  readonly compact: { readonly network: Network; readonly samples: SampleShape };
  readonly testSamples: SampleShape | undefined;
  readonly optimizers: readonly Optimizer[];
  readonly tracked: readonly Norm[];
  readonly batch: BatchSizes | undefined;
  readonly measure: readonly Measurement[] | undefined;
}

/** The memory that `Training` takes, piece by piece in its order, from the sizes alone. */
export function planTraining({ network, compact, testSamples, optimizers, tracked, batch, measure = [] }: TrainingShape): ArenaPlan {
  const plan = new ArenaPlan()
    .spans(parameterSpans(network, compact.network))
    .spans(riskSpans(compact.samples.sampleCount, outputsOf(network)));
  plan.region(trackedScratch(tracked, normShape(network.layout)));
  compact.network.plan(plan, compact.samples, "training");
  if (testSamples) network.plan(plan, testSamples, "forward");
  planLimit(plan, compact.network, compact.samples, measure);
  if (batch) planMiniBatches(plan, compact.network, compact.samples, batch);
  Pilot.plan(plan, optimizers, normShape(compact.network.layout));
  Meters.plan(plan, network, measure);
  return plan;
}

/** Norms that are measured one after another share one scratch. */
export function trackedScratch(tracked: readonly Norm[], shape: NormShape): Sized {
  return largestOf(tracked.map((norm) => normScratch(norm, shape)));
}

/** Samples that are not there yet, as far as their sizes are known. */
export interface ExpectedSamples extends SampleShape {
  /** Input columns that are not zero in every sample; training leaves out the others. */
  readonly usedColumns: number;
}

/**
 * Bytes of kernel memory that `Training` takes for samples of these sizes. Nothing is allocated; sizes of any magnitude give a number.
 *
 * @param options      the parts of the options that decide memory
 * @param samples      the sizes of the training data
 * @param testSamples  the sizes of the test data, if there are any
 * @returns bytes, a whole number or a large double
 * @throws DimensionError  if the network is for another number of input columns
 */
export function trainingBytes(
  options: Pick<TrainOptions, "network" | "optimizer" | "phases" | "track" | "measure"> & { readonly batch?: BatchSizes },
  samples: ExpectedSamples,
  testSamples?: SampleShape,
): number {
  const { network, optimizer, phases = [], batch, measure } = requireObject("options", options);
  requirePart("network", network, networkPart);
  checkParts(options);
  checkShape("samples", samples);
  if (testSamples !== undefined) checkShape("testSamples", testSamples);
  const { usedColumns } = samples;
  requireNonNegative("samples.usedColumns", usedColumns);
  if (batch !== undefined) checkBatchSizes(batch, samples.sampleCount);
  const isKept = batch !== undefined && isFresh(batch); // other samples may use other columns
  const mayCompact = !isKept && usedColumns < samples.inputDim && network.layout.blocks[0]!.trainable;
  const compact = (mayCompact && network.withInputDim?.(usedColumns)) || network;
  return planTraining({
    network,
    compact: { network: compact, samples: { ...samples, inputDim: compact.inputDim } },
    testSamples,
    optimizers: optimizersOf(optimizer, phases),
    tracked: [...trackedNorms(options).values()],
    batch,
    measure,
  }).bytes;
}

function checkShape(path: string, shape: SampleShape): void {
  const { sampleCount, inputDim, nonzeroCount } = requireObject(path, shape);
  for (const [name, size] of Object.entries({ sampleCount, inputDim, nonzeroCount })) requireNonNegative(`${path}.${name}`, size);
}
