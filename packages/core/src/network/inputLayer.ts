import {
  type Arena,
  type ArenaPlan,
  bytes,
  denseScratchBytes,
  entryOf,
  type Pointer,
  type Sized,
  type Span,
  sparseScratchBytes,
} from "@steepest/kernels";
import type { RankOneNorm } from "../norm/norm.js";
import type { InputProducts } from "../tape/operation.js";
import { type SampleShape, type Samples, sampleCountOf, sampleShapeOf } from "./data.js";

/** Below this density of nonzeros the compressed path is faster; both give the same bits. */
const sparseBelow = 0.5;

/** The samples, constant over a run, in the form that multiplies fastest. Input columns that are zero in every sample cost nothing when sparse. */
export interface InputLayer extends InputProducts {
  /** out[i] ← the value of sample xᵢ as a right factor of a trainable block */
  rowValues(rankOne: RankOneNorm, block: number, out: Span): void;
  /** f64[n][inputDim]; undefined where the samples are compressed. */
  readonly ptr: Pointer | undefined;
  /** Sample xᵢ as f64[inputDim], until the next call. */
  row(i: number): Pointer;
}

/** An input layer whose samples can be replaced; always dense. */
export interface BatchInputLayer extends InputLayer {
  load(source: Samples, rows: ArrayLike<number>): void;
}

const isSparse = ({ sampleCount, inputDim, nonzeroCount }: SampleShape): boolean => nonzeroCount < sparseBelow * sampleCount * inputDim;

/** @param mayBeCompressed  true: every operation that reads the samples takes compressed ones */
export function planInputLayer(plan: ArenaPlan, samples: SampleShape, replaceable: boolean, mayBeCompressed: boolean): void {
  const { sampleCount, inputDim, nonzeroCount } = samples;
  if (mayBeCompressed && !replaceable && isSparse(samples)) {
    plan.indexSpan(sampleCount + 1).indexSpan(inputDim + 1);
    plan.indexSpan(nonzeroCount).indexSpan(nonzeroCount).span(nonzeroCount).span(nonzeroCount);
    plan.indexSpan(3).indexSpan(3).span(inputDim);
  } else {
    plan.span(sampleCount * inputDim);
  }
}

/** The scratch of the products of this layer. */
export function inputScratch(samples: SampleShape, outputs: number, replaceable: boolean, mayBeCompressed: boolean): Sized {
  const needed = mayBeCompressed && !replaceable && isSparse(samples) ? sparseScratchBytes : denseScratchBytes;
  return bytes(needed(samples.sampleCount, samples.inputDim, outputs));
}

export function inputLayer(arena: Arena, data: Samples, mayBeCompressed: boolean): InputLayer {
  const samples = sampleShapeOf(data);
  return mayBeCompressed && isSparse(samples) ? sparseLayer(arena, data, samples.nonzeroCount) : denseLayer(arena, data);
}

/** Holds the samples of `data` until others are loaded. */
export function batchInputLayer(arena: Arena, data: Samples): BatchInputLayer {
  return denseLayer(arena, data);
}

function denseLayer(arena: Arena, data: Samples): BatchInputLayer {
  const { kernels } = arena;
  const n = sampleCountOf(data);
  const { inputDim } = data;
  const x = arena.span(data.inputs.length);
  x.view.set(data.inputs);
  return {
    load: (source, rows) => {
      for (let i = 0, end = 0; i < n; i = end) {
        for (end = i + 1; end < n && rows[end] === rows[end - 1]! + 1; end++); // rows that follow each other are copied together
        x.view.set(source.inputs.subarray(rows[i]! * inputDim, (rows[end - 1]! + 1) * inputDim), i * inputDim);
      }
    },
    forward: (w, z, outputs, scratch) => kernels.denseForward(x.ptr, w, z, n, data.inputDim, outputs, scratch),
    weightGradient: (dz, dw, outputs, scratch) => kernels.denseWeightGradient(x.ptr, dz, dw, n, data.inputDim, outputs, scratch),
    ptr: x.ptr,
    rowValues: (rankOne, block, out) => rankOne.rowValue(block, "right", x.ptr, out.ptr, n, data.inputDim),
    row: (i) => x.ptr + 8 * i * inputDim,
  };
}

function sparseLayer(arena: Arena, data: Samples, nonzeros: number): InputLayer {
  const { kernels } = arena;
  const { inputs, inputDim } = data;
  const n = sampleCountOf(data);
  const rowStart = arena.indexSpan(n + 1);
  const columnStart = arena.indexSpan(inputDim + 1);
  const columnOf = arena.indexSpan(nonzeros);
  const rowOf = arena.indexSpan(nonzeros);
  const byRow = arena.span(nonzeros);
  const byColumn = arena.span(nonzeros);
  const csr = arena.indexSpan(3);
  const csc = arena.indexSpan(3);
  const row = arena.span(inputDim);

  let next = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < inputDim; k++) {
      const x = inputs[i * inputDim + k]!;
      if (x === 0) continue;
      columnOf.view[next] = k;
      byRow.view[next++] = x;
      columnStart.view[k + 1]!++;
    }
    rowStart.view[i + 1] = next;
  }
  for (let k = 0; k < inputDim; k++) columnStart.view[k + 1]! += columnStart.view[k]!;
  const cursor = columnStart.view.slice();
  for (let i = 0; i < n; i++) {
    for (let p = rowStart.view[i]!; p < rowStart.view[i + 1]!; p++) {
      const slot = cursor[columnOf.view[p]!]!++;
      rowOf.view[slot] = i;
      byColumn.view[slot] = byRow.view[p]!;
    }
  }
  const dense = (i: number): Pointer => {
    row.view.fill(0);
    for (let p = rowStart.view[i]!; p < rowStart.view[i + 1]!; p++) row.view[columnOf.view[p]!] = byRow.view[p]!;
    return row.ptr;
  };
  csr.view.set([rowStart.ptr, columnOf.ptr, byRow.ptr]);
  csc.view.set([columnStart.ptr, rowOf.ptr, byColumn.ptr]);

  return {
    forward: (w, z, outputs, scratch) => kernels.sparseForward(csr.ptr, w, z, n, inputDim, outputs, scratch),
    weightGradient: (dz, dw, outputs, scratch) => kernels.sparseWeightGradient(csc.ptr, dz, dw, n, inputDim, outputs, scratch),
    ptr: undefined,
    rowValues: (rankOne, block, out) => {
      // sums run in four lanes by column: the zeros decide which
      for (let i = 0; i < n; i++) rankOne.rowValue(block, "right", dense(i), entryOf(out, i), 1, inputDim);
    },
    row: dense,
  };
}
