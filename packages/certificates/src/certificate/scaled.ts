import type { NetworkPoint } from "../tangent/tangentProblem.js";

/** Powers of two that weights and inputs are multiplied by. */
export interface Scale {
  readonly weights: number;
  readonly inputs: number;
}

const word = new DataView(new ArrayBuffer(8));
/** Largest entries whose exponents are within this of 0 are left as they are. */
const comfortable = 64;

/** The exponent e with 2^-e largest |x| in [1, 2); 0 where that is not far from 1 or x is 0. */
function exponentOf(values: Float64Array): number {
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest === 0) return 0;
  word.setFloat64(0, largest);
  const biased = (word.getUint32(0) >>> 20) & 0x7ff;
  if (biased === 0) return -1022;
  return Math.abs(biased - 1023) <= comfortable ? 0 : biased - 1023;
}

/** x 2^k, exact but for underflow. */
export function timesPower(x: number, k: number): number {
  const half = Math.trunc(k / 2);
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  word.setUint32(0, (k + 1023) << 20);
  word.setUint32(4, 0);
  return word.getFloat64(0);
}

/**
 * A point whose weights, and inputs where the network is homogeneous in them, are of an ordinary size: κ does not change with either.
 *
 * @param point  network, data and weights
 * @returns the scaled point, and the powers of two
 */
export function scaled(point: NetworkPoint): { readonly point: NetworkPoint; readonly scale: Scale } {
  const { network, data, weights } = point;
  const trainable = new Uint8Array(weights.length);
  let next = 0;
  for (const block of network.layout.blocks) {
    const length = block.outputs * block.inputs;
    if (block.trainable) trainable.fill(1, next, next + length);
    next += length;
  }
  const scale = {
    weights: -exponentOf(weights.filter((_, j) => trainable[j] === 1)) || 0,
    inputs: !Number.isInteger(network.inputDegree) ? 0 : -exponentOf(data.inputs) || 0,
  };
  return {
    scale,
    point: {
      network,
      data: scale.inputs === 0 ? data : { ...data, inputs: data.inputs.map((x) => timesPower(x, scale.inputs)) },
      weights: scale.weights === 0 ? weights : weights.map((w, j) => (trainable[j] === 1 ? timesPower(w, scale.weights) : w)),
    },
  };
}
