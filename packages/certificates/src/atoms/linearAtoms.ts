import type { LabelledData } from "@steepest/core";
import { innerProduct } from "../arithmetic/innerProduct.js";
import type { Atoms } from "./atoms.js";
import { matrixAtoms } from "./matrixAtoms.js";

/**
 * The atoms of a linear model without bias: yᵢ xᵢ for labels -1 and +1; with C classes, for every sample i and every other class j, the matrix in ℝ^(C×d)
 * with xᵢ in the row of its class, -xᵢ in row j and 0 elsewhere, whose product with the weights W is the difference of two scores. Those of one sample come
 * together, in the order of j.
 *
 * @param data  checked samples
 * @returns the atoms, products with which take one with the samples; pairs are never formed
 */
export function linearAtoms(data: LabelledData): Atoms {
  return data.classes === undefined ? signedSamples(data) : pairsOfClasses(data, data.classes);
}

function signedSamples({ inputs, inputDim, labels }: LabelledData): Atoms {
  const signed = inputs.map((value, at) => value * labels[Math.floor(at / inputDim)]!);
  return matrixAtoms(signed, inputDim);
}

function pairsOfClasses({ inputs, inputDim: d, labels }: LabelledData, classes: number): Atoms {
  const sampleCount = inputs.length / d;
  const others = classes - 1;
  const otherOf = (k: number): { sample: number; own: number; other: number } => {
    const sample = Math.floor(k / others);
    const own = labels[sample]!;
    const place = k % others;
    return { sample, own, other: place < own ? place : place + 1 };
  };
  return {
    count: sampleCount * others,
    size: classes * d,
    determining: Array.from({ length: others * d }, (_, j) => j), // the entries of the last class are minus the sum of the others
    times: (theta, out) => {
      const scores = new Float64Array(classes);
      for (let i = 0; i < sampleCount; i++) {
        for (let c = 0; c < classes; c++) scores[c] = innerProduct(inputs, i * d, theta, c * d, d);
        const own = labels[i]!;
        for (let place = 0; place < others; place++) out[i * others + place] = scores[own]! - scores[place < own ? place : place + 1]!;
      }
    },
    combine: (lambda, out) => {
      out.fill(0);
      const factors = new Float64Array(classes);
      for (let i = 0; i < sampleCount; i++) {
        const own = labels[i]!;
        let total = 0;
        for (let place = 0; place < others; place++) {
          const factor = lambda[i * others + place]!;
          factors[place < own ? place : place + 1] = -factor;
          total += factor;
        }
        if (total === 0) continue;
        factors[own] = total;
        for (let c = 0; c < classes; c++) {
          const factor = factors[c]!;
          if (factor === 0) continue;
          for (let j = 0, at = i * d, to = c * d; j < d; j++, at++, to++) out[to]! += factor * inputs[at]!;
        }
      }
    },
    row: (k) => {
      const { sample, own, other } = otherOf(k);
      const x = inputs.subarray(sample * d, (sample + 1) * d);
      const row = new Float64Array(classes * d);
      row.set(x, own * d);
      row.set(
        x.map((value) => -value),
        other * d,
      );
      return row;
    },
  };
}
