import { expecting, nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { type DatasetBase, type DatasetChoice, datasetBase } from "./dataset.js";
import { planeSamples } from "./plane.js";

/** Samples written into the definition itself: drawn by hand, or read from a small table. */
export interface PointsChoice extends DatasetBase {
  readonly kind: "points";
  /** One array of coordinates per sample, all of the same length. */
  readonly inputs: readonly (readonly number[])[];
  /** -1 or +1 per sample. */
  readonly labels: readonly number[];
  /** A further coordinate of this value in every sample, which stands for a bias. 0: none. */
  readonly constant: number;
}

const label = expecting("must be -1 or 1", (error) => z.union([z.literal(-1), z.literal(1)], error));

const schema = z
  .strictObject({
    kind: z.literal("points"),
    inputs: z.array(z.array(z.number()).min(1)).min(2),
    labels: z.array(label),
    constant: nonNegative(),
    ...datasetBase,
  })
  .superRefine(({ inputs, labels }, context) => {
    const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
    const width = inputs[0]?.length ?? 0;
    const ragged = inputs.findIndex((row) => row.length !== width);
    if (ragged >= 0) refuse(["inputs", ragged], `must hold ${width} coordinates like the first, got ${inputs[ragged]!.length}`);
    if (labels.length !== inputs.length) refuse(["labels"], `must hold ${inputs.length} entries, one per sample, got ${labels.length}`);
    else if (new Set(labels).size < 2) refuse(["labels"], "must hold samples of both classes");
  });

export const points: DatasetChoice<PointsChoice> = {
  schema: schema as unknown as z.ZodType<PointsChoice>,
  summary: "samples written into the definition itself",
  files: [],
  build:
    ({ inputs, labels, constant }) =>
    async () => ({ train: planeSamples(inputs, labels, constant), test: undefined }),
};
