import { arrayNorm, type BlocksOf, norms } from "@steepest/core";
import type { NormSubject } from "@steepest/laws";
import { createEngine } from "@steepest/node";

/** Lengths differ, so that the length of a vector says which layout it has. */
const layouts: NonNullable<NormSubject["layouts"]> = [
  [[1, 1]],
  [[1, 7]],
  [[5, 1]],
  [[3, 3]],
  [[4, 6]],
  [[7, 3]],
  [
    [3, 4],
    [1, 5],
  ],
];

const blocksOf: BlocksOf = (length) => {
  const layout = layouts.find((matrices) => matrices.reduce((sum, [rows, columns]) => sum + rows * columns, 0) === length);
  let offset = 0;
  return (layout ?? [[1, length] as const]).map(([rows, columns]) => {
    const block = { offset, rows, columns };
    offset += rows * columns;
    return block;
  });
};

/** Every norm of the registry with its dual, on matrices of several layouts. */
export async function ownNorms(): Promise<Map<string, NormSubject>> {
  const { kernels } = await createEngine();
  return new Map(
    Object.values(norms).map((norm) => {
      const subject: NormSubject = { ...arrayNorm(norm, kernels, blocksOf), layouts };
      const dual: NormSubject = { ...arrayNorm(norm.dual, kernels, blocksOf), layouts, dual: subject };
      return [norm.id, { ...subject, dual, partialIsometry: norm.id === norms.spectral.id }];
    }),
  );
}
