import { entryOf, type Pointer } from "@steepest/kernels";
import { binaryExponent, powerOfTwo } from "../number/binaryScale.js";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";
import type { BoundOperation } from "../tape/operation.js";
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
  const one = new OneSample(pass);
  return { scores: (i) => one.scores(i), gradientSizes: (i) => one.gradientSizes(i) };
}

class OneSample {
  readonly #pass: Pass;
  readonly #values: ScaledSlots;
  readonly #deltas: ScaledSlots;
  readonly #operations: ReadonlyMap<TapeNode, BoundOperation>;
  /** Vectors on their way into an operation, and out of it. */
  readonly #lifted: Pointer;
  readonly #out: Pointer;

  constructor(pass: Pass) {
    const { kernels, tape, bound, spans } = pass;
    this.#pass = pass;
    this.#values = new ScaledSlots(kernels, tape.sizes.length, (slot) => spans[`oneValue${slot}`]!);
    this.#deltas = new ScaledSlots(kernels, tape.sizes.length, (slot) => spans[`oneDelta${slot}`]!);
    this.#operations = new Map(tape.nodes.map((node, i) => [node, bound[i]!]));
    this.#lifted = spans.oneLifted!.ptr;
    this.#out = spans.oneOut!.ptr;
  }

  scores(i: number): ScaledVector {
    const { tape, inputs } = this.#pass;
    const values = this.#values;
    values.set(0, inputs.row(i), 0);
    for (const node of tape.nodes) {
      if (node.kind === "apply") values.set(node.output, this.#out, this.#apply(node));
      else {
        const [first, ...others] = node.inputs;
        values.set(node.output, values.ptr(first!), values.exponents[first!]!);
        for (const other of others) values.add(node.output, values.ptr(other), values.exponents[other]!);
      }
    }
    return { mantissas: values.view(tape.output), exponent: values.exponents[tape.output]! };
  }

  gradientSizes(i: number): { use: WeightUse; size: Scaled }[] {
    const { tape, wiring, delta } = this.#pass;
    const deltas = this.#deltas;
    this.scores(i);
    deltas.set(tape.output, entryOf(delta(tape.output), i * tape.sizes[tape.output]!), 0);
    for (const { node, slot, adds } of wiring.backward) {
      const [x, exponent] =
        node.kind === "apply" ? [this.#out, this.#pull(node, slot)] : [deltas.ptr(node.output), deltas.exponents[node.output]!];
      if (adds) deltas.add(slot, x, exponent);
      else deltas.set(slot, x, exponent);
    }
    return wiring.uses.map((use) => ({ use, size: this.#sizeOf(use) }));
  }

  /** `lifted` ← 2^-k x such that products with the weights of a block stay in range; returns k. */
  #lift(block: number, x: Pointer, length: number): number {
    const { kernels, tape, weights } = this.#pass;
    const { rows, columns } = tape.blocks[block]!;
    const k = liftOf(kernels.maxAbs(weights(block), rows * columns));
    kernels.scale(x, this.#lifted, length, powerOfTwo(k));
    return -k;
  }

  /** `out` ← 2^-k op(x); returns k. */
  #apply(node: Applied): number {
    const { input, block } = node;
    const { tape, weights } = this.#pass;
    const [values, out] = [this.#values, this.#out];
    const operation = this.#operations.get(node)!;
    if (input === undefined) {
      operation.forward(0, weights(block!), out, 1);
      return 0;
    }
    const exponent = values.exponents[input]! * node.operation.degree;
    if (block === undefined) {
      operation.forward(values.ptr(input), 0, out, 1);
      return exponent;
    }
    const k = this.#lift(block, values.ptr(input), tape.sizes[input]!);
    operation.forward(this.#lifted, weights(block), out, 1);
    return exponent + k;
  }

  /** `out` ← 2^-k δ of the input; returns k. */
  #pull(node: Applied, slot: number): number {
    const { block, output: from } = node;
    const { tape, weights } = this.#pass;
    const [values, deltas, lifted, out] = [this.#values, this.#deltas, this.#lifted, this.#out];
    const operation = this.#operations.get(node)!;
    const exponent = deltas.exponents[from]!;
    if (block !== undefined) {
      const k = this.#lift(block, deltas.ptr(from), tape.sizes[from]!);
      operation.inputGradient({ x: values.ptr(slot), w: weights(block), z: values.ptr(from), dz: lifted, dx: out }, 1);
      return exponent + k;
    }
    operation.forward(values.ptr(slot), 0, lifted, 1); // the output as it belongs to the stored input
    operation.inputGradient({ x: values.ptr(slot), w: 0, z: lifted, dz: deltas.ptr(from), dx: out }, 1);
    return exponent + values.exponents[slot]! * (node.operation.degree - 1);
  }

  /** The largest entry of the gradient by the weights of a use. */
  #sizeOf({ node, block }: WeightUse): Scaled {
    const { kernels, tape, spans } = this.#pass;
    const [values, deltas] = [this.#values, this.#deltas];
    const { input, output, operation } = node;
    const exponent = deltas.exponents[output]! + (input === undefined ? 0 : values.exponents[input]!);
    const delta = deltas.largest(output);
    if (operation.sampleGradient === "one") return { mantissa: delta, exponent };
    if (operation.sampleGradient === "input") return { mantissa: delta * values.largest(input!), exponent };
    const { rows, columns } = tape.blocks[block]!;
    const gradient = spans.oneGradient!.ptr;
    this.#operations.get(node)!.weightGradient!(input === undefined ? 0 : values.ptr(input), deltas.ptr(output), gradient, 1);
    return { mantissa: kernels.maxAbs(gradient, rows * columns), exponent };
  }
}
