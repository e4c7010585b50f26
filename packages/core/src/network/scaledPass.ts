import { entryOf, type Kernels, type Pointer, type Span } from "@steepest/kernels";
import { binaryExponent, normalizingExponent, powerOfTwo } from "../number/binaryScale.js";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";
import type { InputLayer } from "./inputLayer.js";
import type { MlpShape } from "./mlpShape.js";
import type { ScaledPass } from "./pass.js";

interface Bound {
  readonly kernels: Kernels;
  readonly shape: MlpShape;
  readonly inputs: InputLayer;
  /** Spans of the pass, those of `scaledSpans` among them. */
  readonly spans: Readonly<Record<string, Span>>;
  readonly weights: (layer: number) => Pointer;
  readonly scratch: Pointer;
}

/** Spans of one sample: what enters a layer, z of every hidden layer, and two vectors on their way into a product. */
export function scaledSpans({ widths }: MlpShape): Record<string, number> {
  const widest = Math.max(...widths);
  const spans: Record<string, number> = { oneLifted: widest, oneDelta: widest, oneScores: widths.at(-1)! };
  for (let layer = 0; layer < widths.length - 1; layer++) {
    spans[`oneIn${layer}`] = widths[layer]!;
    if (layer < widths.length - 2) spans[`oneZ${layer}`] = widths[layer + 1]!;
  }
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

/** out ← 2^-k x with a largest entry of about 1; returns k. */
function normalise(kernels: Kernels, x: Pointer, out: Pointer, n: number): number {
  const k = normalizingExponent(kernels.maxAbs(x, n));
  kernels.scale(x, out, n, powerOfTwo(k));
  return -k;
}

export function scaledPass({ kernels, shape, inputs, spans, weights, scratch }: Bound): ScaledPass {
  const { widths, act, lowestTrainable } = shape;
  const last = widths.length - 2;
  const lifted = spans.oneLifted!.ptr;
  const delta = spans.oneDelta!.ptr;
  const entering = (layer: number): Pointer => spans[`oneIn${layer}`]!.ptr;
  /** Exponents of a layer's inputs and of z: the stored vector times 2^exponent is the true one. */
  const exponentsIn = new Float64Array(last + 1);
  const exponentsOfZ = new Float64Array(last);

  /** `lifted` ← 2^-k x such that products with the layer's weights stay in range; returns k. */
  const lift = (layer: number, x: Pointer, n: number): number => {
    const k = liftOf(kernels.maxAbs(weights(layer), widths[layer]! * widths[layer + 1]!));
    kernels.scale(x, lifted, n, powerOfTwo(k));
    return -k;
  };

  const scores = (i: number): ScaledVector => {
    let exponent = normalise(kernels, inputs.row(i), entering(0), widths[0]!);
    for (let layer = 0; ; layer++) {
      const [columns, rows] = [widths[layer]!, widths[layer + 1]!];
      exponentsIn[layer] = exponent;
      exponent += lift(layer, entering(layer), columns);
      const z = layer === last ? spans.oneScores! : spans[`oneZ${layer}`]!;
      kernels.denseForward(lifted, weights(layer), z.ptr, 1, columns, rows, scratch);
      if (layer === last) return { mantissas: z.view, exponent };
      exponent += normalise(kernels, z.ptr, z.ptr, rows);
      if (exponent % 2 !== 0) {
        kernels.scale(z.ptr, z.ptr, rows, 2); // an even exponent times a degree, a multiple of 1/2, is an integer
        exponent--;
      }
      exponentsOfZ[layer] = exponent;
      act.forward(kernels, z.ptr, entering(layer + 1), rows);
      exponent = exponent * act.degree + normalise(kernels, entering(layer + 1), entering(layer + 1), rows);
    }
  };

  const gradientSizes = (i: number): { layer: number; size: Scaled }[] => {
    scores(i);
    const sizes: { layer: number; size: Scaled }[] = [];
    const outputs = widths[last + 1]!;
    let exponent = normalise(kernels, entryOf(spans[`delta${last}`]!, i * outputs), delta, outputs);
    for (let layer = last; ; layer--) {
      const [columns, rows] = [widths[layer]!, widths[layer + 1]!];
      const mantissa = kernels.maxAbs(delta, rows) * kernels.maxAbs(entering(layer), columns);
      sizes.unshift({ layer, size: { mantissa, exponent: exponent + exponentsIn[layer]! } });
      if (layer === lowestTrainable) return sizes;
      exponent += lift(layer, delta, rows);
      kernels.denseInputGradient(lifted, weights(layer), delta, 1, columns, rows, scratch);
      exponent += normalise(kernels, delta, delta, columns);
      act.backward(kernels, spans[`oneZ${layer - 1}`]!.ptr, delta, delta, columns);
      exponent += exponentsOfZ[layer - 1]! * (act.degree - 1) + normalise(kernels, delta, delta, columns);
    }
  };
  return { scores, gradientSizes };
}
