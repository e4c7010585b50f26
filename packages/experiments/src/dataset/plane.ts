import type { LabelledData } from "@steepest/core";
import { field, integer, nonNegative, type ReadonlyTree, z } from "../definition/schema.js";
import { type DatasetMember, datasetBase } from "./dataset.js";
import { bindDraws, type Generator, generated } from "./generator.js";

/** Schema of a set of the plane. */
export const planeSchema = <K extends string>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    trainSize: field(integer(2), "Training samples, labels -1 and +1 in turn.", { unit: "samples", example: 60 }),
    noise: field(nonNegative(), "Standard deviation of the normal noise on both coordinates.", { unit: "coordinate", example: 0.1 }),
    constant: field(nonNegative(), "Third coordinate of every sample, which stands for a bias; 0 for none.", {
      unit: "coordinate",
      example: 1,
    }),
    ...datasetBase,
  });

/** The numbers that a drawn set in the plane takes. */
type PlaneSizes = Omit<ReadonlyTree<z.output<ReturnType<typeof planeSchema<string>>>>, "kind">;

/** Four standard normals of one sample. */
export type Draws = readonly [number, number, number, number];

/** The place of a sample before the noise; a pair of draws on the unit circle is a uniform angle without trigonometry. */
export type Place = (label: 1 | -1, draws: Draws) => readonly [number, number];

/** (x, y) in the direction of two draws, on the unit circle. */
export function onCircle([x, y]: Draws): readonly [number, number] {
  const length = Math.sqrt(x * x + y * y);
  return [x / length, y / length];
}

/** The coordinates as samples, row by row, with the constant coordinate behind them if there is one. */
export function planeSamples(points: readonly (readonly number[])[], labels: readonly number[], constant: number): LabelledData {
  const rows = constant === 0 ? points : points.map((point) => [...point, constant]);
  return { inputs: Float64Array.from(rows.flat()), labels: [...labels], inputDim: rows[0]?.length ?? 0 };
}

function generator({ noise, constant }: PlaneSizes, place: Place): Generator {
  const inputDim = planeDim(constant);
  return (seed, kernels) => (count) => {
    const draws = bindDraws(kernels, 4 * count);
    return ({ inputs: stream, first }) => placed(draws.normal(seed, stream), first, place, { inputDim, noise, constant });
  };
}

/** Samples at their places, labelled -1 and +1 in turn. @param normals  four of each sample @param first  index of the first one */
function placed(
  normals: Float64Array,
  first: number,
  place: Place,
  { inputDim, noise, constant }: { readonly inputDim: number; readonly noise: number; readonly constant: number },
): LabelledData {
  const count = normals.length / 4;
  const inputs = new Float64Array(count * inputDim).fill(constant);
  const labels = new Array<number>(count);
  for (let i = 0; i < count; i++) {
    const label = (first + i) % 2 === 0 ? -1 : 1;
    const draws = [normals[4 * i]!, normals[4 * i + 1]!, normals[4 * i + 2]!, normals[4 * i + 3]!] as const;
    const [x, y] = place(label, draws);
    inputs[i * inputDim] = x + noise * draws[2];
    inputs[i * inputDim + 1] = y + noise * draws[3];
    labels[i] = label;
  }
  return { inputs, labels, inputDim };
}

const planeDim = (constant: number): number => (constant === 0 ? 2 : 3);

/** The part of a set of the plane that its samples' places decide. */
export const drawnInPlane = (
  place: Place,
): Pick<DatasetMember<PlaneSizes>, "sizes" | "files" | "build" | "generate" | "planeConstant"> => ({
  sizes: ({ trainSize, constant }) => ({
    trainSize,
    testSize: 0,
    inputDim: planeDim(constant),
    isDense: true,
    drawBytes: trainSize * (2 * 4 + planeDim(constant) + 1) * 8, // the normals here and in kernel memory, samples, labels
  }),
  files: () => [],
  planeConstant: ({ constant }) => constant,
  ...generated((choice: PlaneSizes) => generator(choice, place)),
});
