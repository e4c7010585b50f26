import { referenceKernels } from "@steepest/reference";
import {
  constant,
  drawNormal,
  type LabelledData,
  type Loss,
  losses,
  mlp,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { samples } from "./samples.js";
import { mixture } from "./severalClasses.js";

const still = { optimizer: steepestDescent({ norm: norms.l2, normalized: true }), step: constant({ size: 1 }), seed: 0 } as const;
const host = { kernels: referenceKernels };

/** A point that separates its data, all of whose classes occur. */
export type Separated = TrainOptions & { readonly data: LabelledData; readonly init: Float64Array };

/**
 * A random network with the labels that it gives itself, its weights scaled until the smallest margin is `smallest`; undefined where it gives all samples the
 * same label, or one of them a score of 0.
 */
function drawn(seed: number, loss: Loss, classes: number, smallest: number): Separated | undefined {
  const outputs = classes === 2 ? 1 : classes;
  const hidden = seed % 2 === 0 ? [6, 4] : [6];
  const network = mlp({ widths: [4, ...hidden, outputs], activation: seed % 3 === 0 ? { reluPower: 2 } : { leakyRelu: 0.3 } });
  const shape =
    classes === 2 ? samples({ seed, sampleCount: 9, inputDim: 4 }) : mixture({ seed, classes, perClass: 3, inputDim: 4, spread: 1 });
  const init = drawNormal(referenceKernels, { seed, stream: 7, count: network.layout.totalCount });
  const options = { ...still, network, data: shape, loss, init };
  const scores = new Training(options, host).scores();
  const labels = Array.from({ length: scores.length / outputs }, (_, i) => {
    const own = [...scores.slice(i * outputs, (i + 1) * outputs)];
    return outputs === 1 ? Math.sign(own[0]!) : own.indexOf(Math.max(...own));
  });
  if (labels.includes(0) && outputs === 1) return undefined;
  if (new Set(labels).size < 2) return undefined;
  const data = { ...shape, labels };
  const margin = new Training({ ...options, data }, host).minMargin;
  if (!(margin > 0)) return undefined;
  const factor = (smallest / margin) ** (1 / network.degree);
  return { ...options, data, init: init.map((w) => w * factor) };
}

/** The first draw with these parts from a seed on. */
export function separated(seed: number, loss: Loss, classes: number, smallest: number): Separated {
  return drawn(seed, loss, classes, smallest) ?? separated(seed + 1, loss, classes, smallest);
}

/** Draws of both losses, two signs and three classes, two and three layers, margins from .2 to 1e6. */
export function separatedDraws(count: number): Separated[] {
  return Array.from({ length: count }, (_, i) => {
    const loss = i % 2 === 0 ? losses.exponential : losses.logistic;
    return separated(20 * i, loss, i % 4 < 2 ? 2 : 3, [0.2, 1, 10, 1000, 1e6][i % 5]!);
  });
}
