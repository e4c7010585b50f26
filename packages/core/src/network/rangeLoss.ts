import type { Span } from "@steepest/kernels";
import { binaryExponent, isComfortable, powerOfTwo, timesPowerOfTwo } from "../number/binaryScale.js";
import { exponentOf, type Scaled } from "../number/scaledNumber.js";
import type { RangeLoss } from "./network.js";
import type { PassParts } from "./pass.js";

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

/** The samples that may have lost something, from the largest entry of what leaves every layer, forward and backward. */
function suspects({ kernels, shape, n, inputs, spans }: PassParts): { find(): Uint8Array; samplesReplaced(): void } {
  const { widths, lowestTrainable } = shape;
  const last = widths.length - 2;
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
    isFarInput ??= Uint8Array.from({ length: n }, (_, i) => (isComfortable(kernels.maxAbs(inputs.row(i), widths[0]!)) ? 0 : 1));
    if (lowestTrainable === 0) isSuspect.set(isFarInput);
    else isSuspect.fill(0);
    suspect(spans.scores!, widths[last + 1]!);
    for (let layer = 0; layer < last; layer++) suspect(spans[`a${layer}`]!, widths[layer + 1]!);
    for (let layer = lowestTrainable; layer < last; layer++) suspect(spans[`delta${layer}`]!, widths[layer + 1]!);
    return isSuspect;
  };

  return {
    find,
    samplesReplaced: () => {
      isFarInput = undefined;
    },
  };
}

/** Losses of the last forward and backward pass to the range of f64. For most samples the largest entry of every layer shows that there are none. */
export function rangeLoss(pass: PassParts): { rangeLoss(): RangeLoss; samplesReplaced(): void } {
  const { kernels, shape, inputs, spans, one } = pass;
  const { widths, layout } = shape;
  const { find, samplesReplaced } = suspects(pass);

  /** The largest entries of δₗ and of what enters layer l, for one sample. */
  const factorsOf = (i: number, layer: number): [left: number, right: number] => {
    const [columns, rows] = [widths[layer]!, widths[layer + 1]!];
    const right = layer === 0 ? inputs.row(i) : spans[`a${layer - 1}`]!.ptr + 8 * i * columns;
    return [kernels.maxAbs(spans[`delta${layer}`]!.ptr + 8 * i * rows, rows), kernels.maxAbs(right, columns)];
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
      for (const { layer, size } of one.gradientSizes(i)) {
        if (!layout.blocks[layer]!.trainable || size.mantissa === 0) continue;
        if (isHeld(size) && isProduct(...factorsOf(i, layer), size)) isShown.add(layer);
        else {
          isWhole = false;
          const before = lost.get(layer);
          if (!before || exponentOf(size) > exponentOf(before)) lost.set(layer, size);
        }
      }
      if (!isWhole) samples++;
    });
    const hidden = isSuspect.includes(0) ? [] : [...lost].filter(([layer]) => !isShown.has(layer));
    return { samples, layers: hidden.map(([layer, largest]) => ({ layer, largest })) };
  };
  return { rangeLoss: measure, samplesReplaced };
}
