import { type Arena, entryOf, type Pointer, type Sized, type Span } from "@steepest/kernels";
import { type Samples, sampleCountOf } from "./data.js";
import { batchInputLayer, type InputLayer, inputLayer } from "./inputLayer.js";
import type { MlpShape } from "./mlpShape.js";
import type { BatchTrainer, Scorer, Trainer } from "./network.js";
import type { ScaledPass } from "./pass.js";
import { rangeLoss } from "./rangeLoss.js";
import { sampleGradients } from "./sampleGradients.js";
import { scaledPass, scaledSpans } from "./scaledPass.js";

/** Spans of a forward pass: z and a of every hidden layer, then the scores, and those of a pass over one sample. */
export function scorerSpans(shape: MlpShape, n: number): Record<string, number> {
  const { widths } = shape;
  const spans = scaledSpans(shape);
  for (let layer = 0; layer < widths.length - 2; layer++) {
    spans[`z${layer}`] = n * widths[layer + 1]!;
    spans[`a${layer}`] = n * widths[layer + 1]!;
  }
  spans.scores = n * widths.at(-1)!;
  return spans;
}

/** Spans of a training pass: those of the forward pass, δ of every layer, and what row scaling and row values need. */
export function trainerSpans(shape: MlpShape, n: number): Record<string, number> {
  const spans = scorerSpans(shape, n);
  for (let layer = shape.lowestTrainable; layer < shape.widths.length - 1; layer++) spans[`delta${layer}`] = n * shape.widths[layer + 1]!;
  spans.scaled = n * Math.max(...shape.widths.slice(1));
  spans.deltaRows = n;
  spans.activationRows = n;
  spans.inputRows = n;
  spans.totals = n;
  return spans;
}

interface Forward {
  readonly spans: Record<string, Span>;
  readonly scratch: Pointer;
  readonly weights: (layer: number) => Pointer;
  readonly one: ScaledPass;
  forward(): void;
}

function forwardPass(
  arena: Arena,
  shape: MlpShape,
  parameters: Span,
  n: number,
  inputs: InputLayer,
  lengths: Record<string, number>,
  size: Sized,
): Forward {
  const { kernels } = arena;
  const { widths, act } = shape;
  const last = widths.length - 2;
  const spans = arena.spans(lengths);
  const scratch = arena.region(size).ptr;
  const weights = (layer: number): Pointer => entryOf(parameters, shape.layout.blocks[layer]!.offset);

  const forward = (): void => {
    for (let layer = 0; layer <= last; layer++) {
      const z = layer === last ? spans.scores! : spans[`z${layer}`]!;
      if (layer === 0) inputs.forward(weights(0), z.ptr, widths[1]!, scratch);
      else kernels.denseForward(spans[`a${layer - 1}`]!.ptr, weights(layer), z.ptr, n, widths[layer]!, widths[layer + 1]!, scratch);
      if (layer < last) act.forward(kernels, z.ptr, spans[`a${layer}`]!.ptr, z.length);
    }
  };
  return { spans, scratch, weights, one: scaledPass({ kernels, shape, inputs, spans, weights, scratch }), forward };
}

export function mlpScorer(arena: Arena, shape: MlpShape, parameters: Span, data: Samples, size: Sized): Scorer {
  const n = sampleCountOf(data);
  const { spans, one, forward } = forwardPass(arena, shape, parameters, n, inputLayer(arena, data), scorerSpans(shape, n), size);
  return { scores: spans.scores!, forward, scaledScores: one.scores };
}

export function mlpTrainer(arena: Arena, shape: MlpShape, parameters: Span, data: Samples, size: Sized): Trainer {
  return trainerOver(arena, shape, parameters, sampleCountOf(data), inputLayer(arena, data), size);
}

export function mlpBatchTrainer(arena: Arena, shape: MlpShape, parameters: Span, data: Samples, size: Sized): BatchTrainer {
  const inputs = batchInputLayer(arena, data);
  const { samplesReplaced, ...trainer } = trainerOver(arena, shape, parameters, sampleCountOf(data), inputs, size);
  return {
    ...trainer,
    load: (source, rows) => {
      inputs.load(source, rows);
      samplesReplaced();
    },
  };
}

function trainerOver(
  arena: Arena,
  shape: MlpShape,
  parameters: Span,
  n: number,
  inputs: InputLayer,
  size: Sized,
): Trainer & { samplesReplaced(): void } {
  const { kernels } = arena;
  const { widths, act, layout, lowestTrainable } = shape;
  const last = widths.length - 2;
  const { spans, scratch, weights, one, forward } = forwardPass(arena, shape, parameters, n, inputs, trainerSpans(shape, n), size);
  const delta = (layer: number): Span => spans[`delta${layer}`]!;
  const scaled = spans.scaled!;
  delta(last).view.fill(1);

  const backward = (seeds?: Span): void => {
    if (seeds) kernels.scale(seeds.ptr, delta(last).ptr, seeds.length, 1);
    for (let layer = last; layer > lowestTrainable; layer--) {
      const below = delta(layer - 1);
      kernels.denseInputGradient(delta(layer).ptr, weights(layer), below.ptr, n, widths[layer]!, widths[layer + 1]!, scratch);
      act.backward(kernels, spans[`z${layer - 1}`]!.ptr, below.ptr, below.ptr, below.length);
    }
  };

  const gradient = (coefficients: Span, out: Span): void => {
    for (const { layer, offset, trainable } of layout.blocks) {
      if (!trainable) continue;
      const outputs = widths[layer + 1]!;
      const dw = entryOf(out, offset);
      kernels.scaleRows(delta(layer).ptr, coefficients.ptr, scaled.ptr, n, outputs);
      if (layer === 0) inputs.weightGradient(scaled.ptr, dw, outputs, scratch);
      else kernels.denseWeightGradient(spans[`a${layer - 1}`]!.ptr, scaled.ptr, dw, n, widths[layer]!, outputs, scratch);
    }
  };

  const { maxSampleGradient, deadSamples, samplesReplaced } = sampleGradients({ kernels, shape, n, inputs, spans, one, gradient });
  const range = rangeLoss({ kernels, shape, n, inputs, spans, one });
  return {
    scores: spans.scores!,
    forward,
    scaledScores: one.scores,
    backward,
    gradient,
    maxSampleGradient,
    deadSamples,
    rangeLoss: range.rangeLoss,
    samplesReplaced: () => {
      samplesReplaced();
      range.samplesReplaced();
    },
  };
}
