import type { Kernels, Span } from "@steepest/kernels";
import { DefinitionError } from "../error/errors.js";
import { type Samples, sampleCountOf } from "../network/data.js";
import type { Network } from "../network/network.js";
import { exponentOf, magnitudeText, type Scaled } from "../number/scaledNumber.js";
import type { Risk } from "./risk.js";

export interface Start {
  readonly kernels: Kernels;
  /** The network that trains, on `weights` and `data`. */
  readonly network: Network;
  readonly data: Samples;
  /** Every weight of it. */
  readonly weights: Span;
  /** Forward has run, and backward where the scores are finite. */
  readonly full: Risk;
  /** f64[p]. */
  readonly ghat: Span;
}

/**
 * Refuses a start that f64 does not hold: scores or gradients beyond the largest double, or a layer whose gradient is 0, or has lost digits, only because no
 * double is so small, as that of a product of layers of 1e-60 is from the sixth on. Such a run could never begin, or would begin in a wrong direction, and
 * end as "diverged" or "stationary".
 *
 * @throws DefinitionError
 */
export function refuseOutOfRange(start: Start): void {
  const { kernels, network, full, ghat } = start;
  const { trainer } = full;
  if (!full.hasFiniteScores) refuse(start, "scores", largestScore(start), "");
  const { layers } = trainer.rangeLoss?.() ?? { layers: [] };
  const [first] = layers;
  if (first) refuse(start, "gradient", first.largest, ` in layer ${first.layer + 1} of ${network.layout.blocks.length}`);
  if (!Number.isFinite(kernels.maxAbs(ghat.ptr, ghat.length))) refuse(start, "gradient", undefined, "");
}

/** Numbers of up to 2^this, or down to its inverse, are held; they may be lost on the way. */
const farExponent = 1000;

/** Undefined where the network does not say. */
function largestScore({ full: { trainer }, data }: Start): Scaled | undefined {
  let largest: Scaled | undefined;
  for (let i = 0; i < sampleCountOf(data); i++) {
    const { mantissas = [], exponent = 0 } = trainer.scaledScores?.(i) ?? {};
    for (const mantissa of mantissas) {
      const score = { mantissa, exponent };
      if (!largest || exponentOf(score) > exponentOf(largest)) largest = score;
    }
  }
  return largest;
}

/** @param size  of the largest entry; undefined where all that is known is that no double is so large */
function refuse({ kernels, weights, data }: Start, what: "scores" | "gradient", size: Scaled | undefined, where: string): never {
  const largestWeight = kernels.maxAbs(weights.ptr, weights.length);
  const largestInput = data.inputs.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  const from = `from weights up to ${Number(largestWeight.toPrecision(3))} and inputs up to ${Number(largestInput.toPrecision(3))}`;
  const exponent = size ? exponentOf(size) : Infinity;
  const about = size && size.mantissa !== 0 ? ` (about ${magnitudeText(kernels, size)})` : "";
  const isOnTheWay = Math.abs(exponent) < farExponent;
  const lost = isOnTheWay ? `f64 loses the ${what}${where}${about} on the way` : `no double holds the ${what}${where}${about}`;
  throw DefinitionError.at("init", `at the start, ${lost}, ${from}`, {
    value: largestWeight,
    hint: isOnTheWay
      ? "bring the layers, and the inputs, to sizes nearer to each other"
      : exponent < 0
        ? "start from larger weights, or multiply the inputs by a constant"
        : "start from smaller weights, or divide the inputs by a constant",
  });
}
