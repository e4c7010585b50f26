import type { OptionsOf } from "../definition/choice.js";
import { field, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { classProblems, drawnFromImages, imageFields, type LabelledImages, writtenLabels } from "./imageSelection.js";

/** The splits of EMNIST with their labels; those of the letters are counted from 1. */
const splits = {
  byclass: { first: 0, last: 61 },
  bymerge: { first: 0, last: 46 },
  balanced: { first: 0, last: 46 },
  letters: { first: 1, last: 26 },
  digits: { first: 0, last: 9 },
  mnist: { first: 0, last: 9 },
} as const;

type Split = keyof typeof splits;

const form = z.strictObject({
  kind: z.literal("emnist"),
  split: field(
    z.enum(Object.keys(splits) as [Split, ...Split[]]),
    "Split of the collection: byclass (62 labels: digits, capital, small letters), bymerge and balanced (47), letters (1 to 26), digits and mnist (10).",
    { example: "balanced" },
  ),
  ...imageFields(0, 61, [10, 18]),
});

const schema = ruled(form, { problems: (choice) => [...classProblems(choice), ...strangers(choice)] });

/** Labels that the split does not have. */
function strangers({ classes, split }: Readonly<Record<string, unknown>>): { path: PropertyKey[]; message: string }[] {
  const range = splits[split as Split] as { first: number; last: number } | undefined;
  if (!range) return [];
  return writtenLabels(classes).flatMap(({ path, label }) =>
    typeof label === "number" && (label < range.first || label > range.last)
      ? [{ path, message: `must be a label of the split ${String(split)}, from ${range.first} to ${range.last}, got ${label}` }]
      : [],
  );
}

function imagesOf({ split }: OptionsOf<ReadonlyTree<z.output<typeof form>>>): LabelledImages {
  return {
    collection: {
      id: `emnist-${split}`,
      title: `EMNIST (${split})`,
      format: "idx",
      train: [`emnist-${split}-train`],
      test: [`emnist-${split}-test`],
      variable: "STEEPEST_EMNIST",
    },
    shape: { channels: 1, height: 28, width: 28 },
    ...splits[split],
    isTransposed: true,
  };
}

/** EMNIST, Cohen et al. 2017. Its files hold every image column by column; inputs are rows first, upright as those of MNIST. */
export const emnist = datasetMember({
  schema,
  title: "EMNIST",
  summary: "letters and digits of EMNIST in any classes, upright, pixels in [0, 1]; STEEPEST_EMNIST names the folder of its IDX files",
  examples: [
    { kind: "emnist", split: "balanced", classes: [10, 18], trainSize: 100 },
    { kind: "emnist", split: "byclass", classes: "each", trainSize: 100 },
  ],
  ...drawnFromImages(imagesOf),
});
