import { entryOf, type Span } from "@steepest/kernels";
import { binaryExponent, isComfortable, powerOfTwo, timesPowerOfTwo } from "../number/binaryScale.js";
import { exponentOf, type Scaled } from "../number/scaledNumber.js";
import type { RangeLoss } from "./network.js";
import type { GradientPass, ScaledPass } from "./pass.js";
import type { WeightUse } from "./wiring.js";

/** Sums of numbers from 2^-1010 on lose no more to the least spacing of f64, 2^-1074, than to rounding. */
const least = -1010;
const most = 1023;

/** Digits that a product keeps at least, where nothing on its way was out of range. */
const tolerance = powerOfTwo(-20);

const isHeld = (x: Scaled): boolean => x.mantissa === 0 || (exponentOf(x) >= least && exponentOf(x) <= most);

/** True if left · right is `expected` up to rounding. */
function isProduct(left: number, right: number, expected: Scaled): boolean {
  if (left === 0 || right === 0) return expected.mantissa === 0;
  if (!(Number.isFinite(left) && Number.isFinite(right)) || expected.mantissa === 0) return false;
  const [a, b, c] = [binaryExponent(left), binaryExponent(right), binaryExponent(expected.mantissa)];
  const ratio = (timesPowerOfTwo(left, -a) * timesPowerOfTwo(right, -b)) / timesPowerOfTwo(expected.mantissa, -c);
  return Math.abs(timesPowerOfTwo(ratio, a + b - c - expected.exponent) - 1) <= tolerance;
}

/** The samples that may have lost something, from the largest entry of what enters every operation with weights, forward and backward, and of the scores. */
function suspects({ kernels, tape, wiring, n, value, delta, inputs, spans }: GradientPass): {
  find(): Uint8Array;
  samplesReplaced(): void;
} {
  const { nodes, sizes, output } = tape;
  const entering = nodes.flatMap((node) => (node.kind === "apply" && node.block !== undefined && node.input ? [node.input] : []));
  const leaving = nodes.flatMap((node) =>
    wiring.deltas.has(node.output) && node.kind === "apply" && node.block !== undefined ? [node.output] : [],
  );
  const looked = [output, ...new Set(entering)].map((slot) => ({ span: value(slot), columns: sizes[slot]! }));
  looked.push(...leaving.filter((slot) => slot !== output).map((slot) => ({ span: delta(slot), columns: sizes[slot]! })));
  const isTrainedOnInputs = wiring.uses.some(({ node }) => node.input === 0);
  const isSuspect = new Uint8Array(n);
  const rowMaxima = spans.deltaRows!;
  let isFarInput: Uint8Array | undefined;
  const suspect = (x: Span, columns: number): void => {
    kernels.rowMaxAbs(x.ptr, rowMaxima.ptr, n, columns);
    rowMaxima.view.forEach((largest, i) => {
      if (!isComfortable(largest)) isSuspect[i] = 1;
    });
  };
  const find = (): Uint8Array => {
    isFarInput ??= Uint8Array.from({ length: n }, (_, i) => (isComfortable(kernels.maxAbs(inputs.row(i), sizes[0]!)) ? 0 : 1));
    if (isTrainedOnInputs) isSuspect.set(isFarInput);
    else isSuspect.fill(0);
    for (const { span, columns } of looked) suspect(span, columns);
    return isSuspect;
  };

  return {
    find,
    samplesReplaced: () => {
      isFarInput = undefined;
    },
  };
}

/** Losses of the last forward and backward pass to the range of f64. For most samples the largest entry of every slot shows that there are none. */
export function rangeLoss(pass: GradientPass & { readonly one: ScaledPass }): { rangeLoss(): RangeLoss; samplesReplaced(): void } {
  const { kernels, tape, spans, one } = pass;
  const { find, samplesReplaced } = suspects(pass);

  /** The largest entries of δ and of what enters a use of weights, for one sample; of the gradient itself, and 1, where it has no such factors. */
  const factorsOf = (use: WeightUse, i: number): [left: number, right: number] => {
    const { node, block } = use;
    const { sampleGradient } = node.operation;
    if (sampleGradient === "formed") {
      const { rows, columns } = tape.blocks[block]!;
      pass.sampleWeightGradient(use, i, spans.oneGradient!.ptr);
      return [kernels.maxAbs(spans.oneGradient!.ptr, rows * columns), 1];
    }
    const size = tape.sizes[node.output]!;
    const left = kernels.maxAbs(entryOf(pass.delta(node.output), i * size), size);
    return [left, sampleGradient === "one" ? 1 : kernels.maxAbs(pass.row(node.input!, i), tape.sizes[node.input!]!)];
  };

  const measure = (): RangeLoss => {
    const isSuspect = find();
    let samples = 0;
    const lost = new Map<number, Scaled>();
    const isShown = new Set<number>();
    isSuspect.forEach((suspected, i) => {
      if (!suspected) return;
      const { mantissas, exponent } = one.scores(i);
      let isWhole = mantissas.every((mantissa) => isHeld({ mantissa, exponent }));
      for (const { use, size } of one.gradientSizes(i)) {
        if (size.mantissa === 0) continue;
        const { block } = use;
        if (isHeld(size) && isProduct(...factorsOf(use, i), size)) isShown.add(block);
        else {
          isWhole = false;
          const before = lost.get(block);
          if (!before || exponentOf(size) > exponentOf(before)) lost.set(block, size);
        }
      }
      if (!isWhole) samples++;
    });
    const hidden = isSuspect.includes(0) ? [] : [...lost].filter(([block]) => !isShown.has(block)).sort(([a], [b]) => a - b);
    return { samples, layers: hidden.map(([layer, largest]) => ({ layer, largest })) };
  };
  return { rangeLoss: measure, samplesReplaced };
}
