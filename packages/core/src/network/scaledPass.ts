import { entryOf, type Pointer } from "@steepest/kernels";
import { binaryExponent, powerOfTwo } from "../number/binaryScale.js";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";
import type { Tape, TapeNode } from "../tape/tape.js";
import type { Pass, ScaledPass } from "./pass.js";
import { ScaledSlots } from "./scaledSlots.js";
import type { WeightUse, Wiring } from "./wiring.js";

type Applied = Extract<TapeNode, { readonly kind: "apply" }>;

/** Spans of one sample: the values and δ of every slot, and vectors on their way into and out of an operation. */
export function scaledSpans({ sizes, nodes, blocks }: Tape, { uses }: Wiring): Record<string, number> {
  const slots = [0, ...nodes.map(({ output }) => output)];
  const widest = Math.max(...slots.map((slot) => sizes[slot]!));
  const spans: Record<string, number> = { oneLifted: widest, oneOut: widest };
  for (const slot of slots) {
    spans[`oneValue${slot}`] = sizes[slot]!;
    spans[`oneDelta${slot}`] = sizes[slot]!;
  }
  const formed = uses.filter(({ node }) => node.operation.sampleGradient === "formed");
  if (formed.length > 0) spans.oneGradient = Math.max(...formed.map(({ block }) => blocks[block]!.rows * blocks[block]!.columns));
  return spans;
}

/** Products of numbers up to 2^this and vectors of about 1 are far from both ends of the range. */
const largestExponent = 500;

/** The k for which numbers up to `largest`, times 2^k, are neither above 2^500 nor, the largest of them, below 2^-500. */
function liftOf(largest: number): number {
  if (largest === 0) return 0;
  const exponent = binaryExponent(largest);
  if (exponent > largestExponent) return largestExponent - exponent;
  return exponent < -largestExponent ? -largestExponent - exponent : 0;
}

/** The pass over one sample. Operations with weights are linear in their input, and all are homogeneous. */
export function scaledPass(pass: Pass): ScaledPass {
  const { kernels, tape, wiring, bound, spans, inputs } = pass;
  const { nodes, sizes, output } = tape;
  const lifted = spans.oneLifted!.ptr;
  const out = spans.oneOut!.ptr;
  const values = new ScaledSlots(kernels, sizes.length, (slot) => spans[`oneValue${slot}`]!);
  const deltas = new ScaledSlots(kernels, sizes.length, (slot) => spans[`oneDelta${slot}`]!);
  const operationOf = new Map(nodes.map((node, i) => [node, bound[i]!]));

  /** `lifted` ← 2^-k x such that products with the weights of a block stay in range; returns k. */
  const lift = (block: number, x: Pointer, length: number): number => {
    const { rows, columns } = tape.blocks[block]!;
    const k = liftOf(kernels.maxAbs(pass.weights(block), rows * columns));
    kernels.scale(x, lifted, length, powerOfTwo(k));
    return -k;
  };

  /** `out` ← 2^-k op(x); returns k. */
  const apply = (node: Applied): number => {
    const { input, block } = node;
    const operation = operationOf.get(node)!;
    if (input === undefined) {
      operation.forward(0, pass.weights(block!), out, 1);
      return 0;
    }
    const exponent = values.exponents[input]! * node.operation.degree;
    if (block === undefined) {
      operation.forward(values.ptr(input), 0, out, 1);
      return exponent;
    }
    const k = lift(block, values.ptr(input), sizes[input]!);
    operation.forward(lifted, pass.weights(block), out, 1);
    return exponent + k;
  };

  const scores = (i: number): ScaledVector => {
    values.set(0, inputs.row(i), 0);
    for (const node of nodes) {
      if (node.kind === "apply") values.set(node.output, out, apply(node));
      else {
        const [first, ...others] = node.inputs;
        values.set(node.output, values.ptr(first!), values.exponents[first!]!);
        for (const other of others) values.add(node.output, values.ptr(other), values.exponents[other]!);
      }
    }
    return { mantissas: values.view(output), exponent: values.exponents[output]! };
  };

  /** `out` ← 2^-k δ of the input; returns k. */
  const pull = (node: Applied, slot: number): number => {
    const { block, output: from } = node;
    const operation = operationOf.get(node)!;
    const exponent = deltas.exponents[from]!;
    if (block !== undefined) {
      const k = lift(block, deltas.ptr(from), sizes[from]!);
      operation.inputGradient({ x: values.ptr(slot), w: pass.weights(block), z: values.ptr(from), dz: lifted, dx: out }, 1);
      return exponent + k;
    }
    operation.forward(values.ptr(slot), 0, lifted, 1); // the output as it belongs to the stored input
    operation.inputGradient({ x: values.ptr(slot), w: 0, z: lifted, dz: deltas.ptr(from), dx: out }, 1);
    return exponent + values.exponents[slot]! * (node.operation.degree - 1);
  };

  const sizeOfUse = ({ node, block }: WeightUse): Scaled => {
    const exponent = deltas.exponents[node.output]! + (node.input === undefined ? 0 : values.exponents[node.input]!);
    const delta = deltas.largest(node.output);
    const { sampleGradient } = node.operation;
    if (sampleGradient === "one") return { mantissa: delta, exponent };
    if (sampleGradient === "input") return { mantissa: delta * values.largest(node.input!), exponent };
    const { rows, columns } = tape.blocks[block]!;
    const x = node.input === undefined ? 0 : values.ptr(node.input);
    operationOf.get(node)!.weightGradient!(x, deltas.ptr(node.output), spans.oneGradient!.ptr, 1);
    return { mantissa: kernels.maxAbs(spans.oneGradient!.ptr, rows * columns), exponent };
  };

  const gradientSizes = (i: number): { use: WeightUse; size: Scaled }[] => {
    scores(i);
    deltas.set(output, entryOf(pass.delta(output), i * sizes[output]!), 0);
    for (const { node, slot, adds } of wiring.backward) {
      const [x, exponent] = node.kind === "apply" ? [out, pull(node, slot)] : [deltas.ptr(node.output), deltas.exponents[node.output]!];
      if (adds) deltas.add(slot, x, exponent);
      else deltas.set(slot, x, exponent);
    }
    return wiring.uses.map((use) => ({ use, size: sizeOfUse(use) }));
  };
  return { scores, gradientSizes };
}
