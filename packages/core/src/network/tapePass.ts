import { type Arena, entryOf, largestOf, type Pointer, type Region, type Sized, type Span } from "@steepest/kernels";
import type { BoundOperation } from "../tape/operation.js";
import { inputsOf, type Tape, type TapeNode } from "../tape/tape.js";
import { type SampleShape, type Samples, sampleCountOf } from "./data.js";
import { batchInputLayer, type InputLayer, inputLayer, inputScratch } from "./inputLayer.js";
import type { Layout } from "./layout.js";
import type { BatchTrainer, KinkedSlot, Scorer, Trainer } from "./network.js";
import type { GradientPass, Pass } from "./pass.js";
import { rangeLoss } from "./rangeLoss.js";
import { responses } from "./responses.js";
import { SampleGradients } from "./sampleGradients.js";
import { inParts, type PartStep } from "./sampleParts.js";
import { scaledPass, scaledSpans } from "./scaledPass.js";
import { scalingDerivatives } from "./scalingDerivatives.js";
import { type WeightUse, type Wiring, wiringOf } from "./wiring.js";

/** A tape with the places of its blocks among the parameters, and what follows from its nodes. */
export interface PlacedTape {
  readonly tape: Tape;
  readonly layout: Layout;
  readonly wiring: Wiring;
}

export function placed(tape: Tape, layout: Layout): PlacedTape {
  return { tape, layout, wiring: wiringOf(tape) };
}

/** Spans of a forward pass: every slot but the samples', and those of a pass over one sample. */
export function scorerSpans({ tape, wiring }: PlacedTape, n: number): Record<string, number> {
  const spans = scaledSpans(tape, wiring);
  for (const { output } of tape.nodes) spans[`value${output}`] = n * tape.sizes[output]!;
  return spans;
}

/** Spans of a training pass: those of the forward pass, δ, and what row scaling, row values and repeated blocks need. */
export function trainerSpans(network: PlacedTape, n: number): Record<string, number> {
  const { tape, wiring } = network;
  const spans = scorerSpans(network, n);
  for (const slot of new Set(wiring.deltas.values())) spans[`delta${slot}`] = n * tape.sizes[slot]!;
  spans.scaled = n * Math.max(0, ...wiring.uses.flatMap(({ node }) => (node.operation.scalesSamples ? [] : [tape.sizes[node.output]!])));
  const added = wiring.backward.filter(({ adds, node }) => adds && node.kind === "apply").map(({ slot }) => tape.sizes[slot]!);
  if (added.length > 0) spans.addend = n * Math.max(...added);
  const formed = wiring.uses.filter(({ isRepeated, node }) => isRepeated || node.operation.sampleGradient === "formed");
  for (const output of wiring.gated) spans[`gate${output}`] = n * tape.sizes[output]!;
  if (formed.length > 0) spans.formed = Math.max(...formed.map(({ block }) => tape.blocks[block]!.rows * tape.blocks[block]!.columns));
  spans.deltaRows = n;
  spans.activationRows = n;
  spans.inputRows = n;
  spans.totals = n;
  spans.unit = 1;
  return spans;
}

/** The scratch of every operation, one after another, on all samples and on one. */
export function passScratch({ tape, wiring }: PlacedTape, samples: SampleShape, replaceable = false): Sized {
  const uses = tape.nodes.flatMap((node): Sized[] => {
    if (node.kind !== "apply") return [];
    const { operation, input } = node;
    const outputs = operation.productOutputs;
    const own = [operation.scratch(1), operation.scratch(samples.sampleCount)];
    return input === 0 && outputs !== undefined ? [inputScratch(samples, outputs, replaceable, wiring.mayBeCompressed), own[0]!] : own;
  });
  return largestOf(uses);
}

interface Forward {
  readonly pass: Pass;
  readonly scorer: Scorer;
}

function forwardPass(
  arena: Arena,
  network: PlacedTape,
  parameters: Span,
  n: number,
  inputs: InputLayer,
  lengths: Record<string, number>,
  size: Sized,
  overwrites: boolean,
): Forward & { readonly one: GradientPass["one"]; readonly scratch: Pointer } {
  const { kernels } = arena;
  const { tape, layout, wiring } = network;
  const spans = arena.spans(lengths);
  const scratch: Region = arena.region(size);
  const bound = tape.nodes.map((node) => (node.kind === "apply" ? node.operation.bind(kernels, scratch) : undefined));
  const value = (slot: number): Span => spans[`value${(overwrites && wiring.overwritten.get(slot)) || slot}`]!;
  const pass: Pass = {
    kernels,
    tape,
    wiring,
    n,
    inputs,
    bound,
    spans,
    weights: (block) => entryOf(parameters, layout.blocks[block]!.offset),
    value,
    gate: (output) => (overwrites ? undefined : spans[`gate${output}`]),
    row: (slot, i) => (slot === 0 ? inputs.row(i) : entryOf(value(slot), i * tape.sizes[slot]!)),
    delta: (slot) => spans[`delta${wiring.deltas.get(slot)!}`]!,
  };
  const forward = inParts(
    tape.nodes.map((node, i) => forwardStep(pass, node, bound[i], scratch.ptr)),
    n,
  );
  const one = tape.nodes.every((node) => node.kind === "add" || !node.operation.limit) ? scaledPass(pass) : undefined;
  const scorer: Scorer = { scores: value(tape.output), forward, ...(one && { scaledScores: one.scores }) };
  return { pass, scorer, one, scratch: scratch.ptr };
}

/** Every address of a run is known before it begins. */
function forwardStep(pass: Pass, node: TapeNode, operation: BoundOperation | undefined, scratch: Pointer): PartStep {
  const { kernels, inputs, tape } = pass;
  const size = tape.sizes[node.output]!;
  const z = pass.value(node.output).ptr;
  const bytes = bytesOf(pass, node);
  if (node.kind === "add") {
    const [summed, ...others] = node.inputs.map((slot) => addressOf(pass, slot));
    const run = (first: number, count: number): void => {
      const offset = 8 * first * size;
      kernels.scale(summed! + offset, z + offset, count * size, 1);
      for (const other of others) kernels.axpy(other + offset, z + offset, count * size, 1);
    };
    return { run, isWhole: false, bytes };
  }
  const { input, block } = node;
  const { productOutputs, isWhole = false } = node.operation;
  const w = block === undefined ? 0 : pass.weights(block);
  if (input === 0 && productOutputs !== undefined) {
    return { run: () => inputs.forward(w, z, productOutputs, scratch), isWhole: true, bytes };
  }
  const x = input === undefined ? 0 : addressOf(pass, input);
  const inputSize = input === undefined ? 0 : tape.sizes[input]!;
  const gate = pass.gate(node.output);
  const run = (first: number, count: number): void => {
    const [from, offset] = [x + 8 * first * inputSize, 8 * first * size];
    operation!.forward(from, w, z + offset, count);
    if (gate) kernels.scale(from, gate.ptr + offset, count * size, 1);
  };
  return { run, isWhole, bytes };
}

/** Bytes of one sample in the slots of a node. */
function bytesOf({ tape }: Pass, node: TapeNode): number {
  return [node.output, ...inputsOf(node)].reduce((sum, slot) => sum + 8 * tape.sizes[slot]!, 0);
}

/** The address of a slot that is not compressed. */
function addressOf({ inputs, value }: Pass, slot: number): Pointer {
  return slot === 0 ? inputs.ptr! : value(slot).ptr;
}

export function tapeScorer(arena: Arena, network: PlacedTape, parameters: Span, data: Samples, size: Sized): Scorer {
  const n = sampleCountOf(data);
  const inputs = inputLayer(arena, data, network.wiring.mayBeCompressed);
  return forwardPass(arena, network, parameters, n, inputs, scorerSpans(network, n), size, true).scorer;
}

export function tapeTrainer(arena: Arena, network: PlacedTape, parameters: Span, data: Samples, size: Sized, overwrites: boolean): Trainer {
  const inputs = inputLayer(arena, data, network.wiring.mayBeCompressed);
  return trainerOver(arena, network, parameters, sampleCountOf(data), inputs, size, overwrites).trainer;
}

export function tapeBatchTrainer(
  arena: Arena,
  network: PlacedTape,
  parameters: Span,
  data: Samples,
  size: Sized,
  overwrites: boolean,
): BatchTrainer {
  const inputs = batchInputLayer(arena, data);
  const { samplesReplaced, trainer } = trainerOver(arena, network, parameters, sampleCountOf(data), inputs, size, overwrites);
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
  network: PlacedTape,
  parameters: Span,
  n: number,
  inputs: InputLayer,
  size: Sized,
  overwrites: boolean,
): { readonly trainer: Trainer; samplesReplaced(): void } {
  const lengths = trainerSpans(network, n);
  const { pass, scorer, one, scratch } = forwardPass(arena, network, parameters, n, inputs, lengths, size, overwrites);
  const { kernels, tape, wiring, bound } = pass;
  const operationOf: Operations = new Map(tape.nodes.map((node, i) => [node, bound[i]]));
  const seedsOfScores = pass.delta(tape.output);
  seedsOfScores.view.fill(1);

  const pullBack = inParts(
    wiring.backward.map((step) => backwardStep(pass, step, operationOf.get(step.node))),
    n,
  );
  const backward = (seeds?: Span): void => {
    if (seeds) kernels.scale(seeds.ptr, seedsOfScores.ptr, seeds.length, 1);
    pullBack();
  };

  const sampleWeightGradient = ({ node }: WeightUse, i: number, dw: Pointer): void => {
    const dz = entryOf(pass.delta(node.output), i * tape.sizes[node.output]!);
    operationOf.get(node)!.weightGradient!(node.input === undefined ? 0 : pass.row(node.input, i), dz, dw, 1);
  };
  const clearUnused = (out: Span): void => clear(network, out);
  const gradientPass: GradientPass = { ...pass, one, sampleWeightGradient, clearUnused };
  const samples = new SampleGradients(gradientPass, network.layout);
  const range = one && rangeLoss({ ...gradientPass, one });
  return {
    trainer: {
      ...scorer,
      backward,
      gradient: gradientOf(network, pass, operationOf, scratch),
      maxSampleGradient: (norm, spare) => samples.maxSampleGradient(norm, spare),
      scalingDerivatives: scalingDerivatives(pass),
      responses: responses(pass, network.layout, scratch),
      ...(!overwrites && { kinks: kinkedSlots(pass) }),
      deadSamples: () => samples.deadSamples(),
      ...(range && { rangeLoss: range.rangeLoss }),
    },
    samplesReplaced: () => {
      samples.samplesReplaced();
      range?.samplesReplaced();
    },
  };
}

function kinkedSlots({ tape, wiring, value, gate, delta }: Pass): KinkedSlot[] {
  return tape.nodes.flatMap((node): KinkedSlot[] => {
    if (node.kind !== "apply" || !node.operation.kink || !wiring.deltas.has(node.input!)) return [];
    const slot = node.input!;
    const from = tape.nodes.find(({ output }) => output === slot);
    const isAlone = !wiring.gated.has(node.output);
    const isProduct =
      isAlone &&
      from?.kind === "apply" &&
      from.input === 0 &&
      from.operation.productOutputs !== undefined &&
      tape.blocks[from.block!]!.trainable;
    const rowsOf = isProduct ? { rowsOf: from.block! } : {};
    return [{ values: gate(node.output) ?? value(slot), delta: delta(slot), size: tape.sizes[slot]!, ...node.operation.kink, ...rowsOf }];
  });
}

type Operations = ReadonlyMap<TapeNode, BoundOperation | undefined>;

/** Sets to 0 the gradient by the weights that the scores do not depend on. */
function clear({ wiring, layout }: PlacedTape, out: Span): void {
  for (const block of wiring.unused) {
    const { offset, outputs, inputs: columns } = layout.blocks[block]!;
    out.view.fill(0, offset, offset + outputs * columns);
  }
}

/** `Trainer.gradient` of the δ of the last backward pass. */
function gradientOf(network: PlacedTape, pass: Pass, operationOf: Operations, scratch: Pointer): Trainer["gradient"] {
  const { kernels, tape, wiring, spans, inputs, n } = pass;
  const scaled = spans.scaled!;
  return (coefficients, out) => {
    clear(network, out);
    for (const { node, block, isRepeated } of wiring.uses) {
      const { offset, outputs, inputs: columns } = network.layout.blocks[block]!;
      const target = entryOf(out, offset);
      const dw = isRepeated ? spans.formed!.ptr : target;
      const { productOutputs, scalesSamples } = node.operation;
      const delta = pass.delta(node.output).ptr;
      if (!scalesSamples) kernels.scaleRows(delta, coefficients.ptr, scaled.ptr, n, tape.sizes[node.output]!);
      const x = node.input === undefined ? 0 : addressOf(pass, node.input);
      if (scalesSamples) operationOf.get(node)!.weightGradient!(x, delta, dw, n, coefficients.ptr);
      else if (node.input === 0 && productOutputs !== undefined) inputs.weightGradient(scaled.ptr, dw, productOutputs, scratch);
      else operationOf.get(node)!.weightGradient!(x, scaled.ptr, dw, n);
      if (isRepeated) kernels.axpy(dw, target, outputs * columns, 1);
    }
  };
}

function backwardStep(pass: Pass, { node, slot, adds }: Wiring["backward"][number], operation: BoundOperation | undefined): PartStep {
  const { kernels, spans, tape } = pass;
  const [size, outputSize] = [tape.sizes[slot]!, tape.sizes[node.output]!];
  const [own, from] = [pass.delta(slot).ptr, pass.delta(node.output).ptr];
  const bytes = bytesOf(pass, node);
  if (node.kind === "add") {
    const run = (first: number, count: number): void => {
      const offset = 8 * first * size;
      if (adds) kernels.axpy(from + offset, own + offset, count * size, 1);
      else kernels.scale(from + offset, own + offset, count * size, 1);
    };
    return { run, isWhole: false, bytes };
  }
  const w = node.block === undefined ? 0 : pass.weights(node.block);
  const [values, outputs] = [slot === 0 ? undefined : (pass.gate(node.output) ?? pass.value(slot)).ptr, pass.value(node.output).ptr];
  const run = (first: number, count: number): void => {
    const [offset, outputOffset] = [8 * first * size, 8 * first * outputSize];
    const dx = adds ? spans.addend!.ptr : own + offset;
    const x = values === undefined ? 0 : values + offset;
    operation!.inputGradient({ x, w, z: outputs + outputOffset, dz: from + outputOffset, dx }, count);
    if (adds) kernels.axpy(dx, own + offset, count * size, 1);
  };
  return { run, isWhole: node.operation.isWhole ?? false, bytes };
}
