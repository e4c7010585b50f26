import { type Samples, type SupervisedData, sampleCountOf } from "../network/data.js";
import type { Network } from "../network/network.js";

/**
 * Input columns that are zero in every training sample are idle: they add nothing to a score, and the gradient of their weights is exactly zero.
 * Training leaves them out, and keeps their weights only for the norms of θ and for test samples.
 */
export interface Compacted {
  /** The network and the samples on the remaining columns. */
  readonly network: Network;
  readonly data: SupervisedData;
  /** Number of idle weights; stored before all others. */
  readonly idleCount: number;
  /** stored[i] = canonical[order[i]]: idle weights, then the compacted network's θ, then its frozen weights. */
  readonly order: Int32Array;
}

/** Leaves out idle input columns. @param keepAll  leave nothing out, for a norm that depends on the position of an entry */
export function leaveOutIdleInputs(network: Network, data: SupervisedData, keepAll: boolean): Compacted {
  const { inputDim } = data;
  const used = usedColumns(data);
  const active = [...used.keys()].filter((k) => used[k] === 1);
  const first = network.layout.blocks[0]!;
  if (active.length === inputDim || active.length === 0 || !first.trainable || !network.withInputDim || keepAll) {
    return { network, data, idleCount: 0, order: Int32Array.from({ length: network.layout.totalCount }, (_, i) => i) };
  }
  const compact = network.withInputDim(active.length);
  const idle = [...used.keys()].filter((k) => used[k] === 0);
  const idleCount = first.outputs * idle.length;
  const order = new Int32Array(network.layout.totalCount);
  for (let row = 0; row < first.outputs; row++) {
    const canonical = first.offset + row * inputDim;
    idle.forEach((k, i) => {
      order[row * idle.length + i] = canonical + k;
    });
    active.forEach((k, i) => {
      order[idleCount + compact.layout.blocks[0]!.offset + row * active.length + i] = canonical + k;
    });
  }
  for (const [layer, { offset, inputs, outputs }] of network.layout.blocks.entries()) {
    if (layer === 0) continue;
    const stored = idleCount + compact.layout.blocks[layer]!.offset;
    for (let i = 0; i < inputs * outputs; i++) order[stored + i] = offset + i;
  }
  return { network: compact, data: { ...data, inputDim: active.length, inputs: selectColumns(data, active) }, idleCount, order };
}

/** 1 for every column with an entry other than zero. */
function usedColumns({ inputs, inputDim }: Samples): Uint8Array {
  const used = new Uint8Array(inputDim);
  inputs.forEach((x, i) => {
    if (x !== 0) used[i % inputDim] = 1;
  });
  return used;
}

function selectColumns(data: Samples, columns: readonly number[]): Float64Array {
  const n = sampleCountOf(data);
  const selected = new Float64Array(n * columns.length);
  for (let i = 0; i < n; i++) {
    columns.forEach((k, j) => {
      selected[i * columns.length + j] = data.inputs[i * data.inputDim + k]!;
    });
  }
  return selected;
}
