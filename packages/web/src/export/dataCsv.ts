import { biasColumn } from "../data/samplesOf.js";
import type { ShownSamples } from "../engine/message.js";

/**
 * Samples as a table that the page reads back with the same bits, unless it is larger than a file may be: coordinates, the bias coordinate (0: none) in a
 * column of its own, the label. Numbers are the shortest decimals that read back as the same double.
 *
 * @param constant  the last coordinate of every sample, which stands for a bias; 0: there is none
 * @returns         its lines, which together may be longer than the longest string
 */
export function dataCsv({ inputs, labels, inputDim }: ShownSamples, constant: number): string[] {
  const width = constant === 0 ? inputDim : inputDim - 1;
  const heading = [...Array.from({ length: width }, (_, k) => `x${k + 1}`), biasColumn, "label"];
  const rows = labels.map((label, i) => {
    const coordinates = Array.from(inputs.subarray(i * inputDim, i * inputDim + width));
    return [...coordinates, constant, label].map((value) => (Object.is(value, -0) ? "-0" : String(value)));
  });
  return [heading, ...rows].map((cells) => `${cells.join(",")}\n`);
}
