import { type FormatId, formats } from "@steepest/formats";
import type { ReadonlyTree } from "../../definition/schema.js";
import { expecting, field, integer, ruled, sha256, z } from "../../definition/schema.js";
import { datasetBase } from "../dataset.js";
import { prepareSchema } from "./prepareStep.js";

const text = () => expecting("must be a text that is not empty", (error) => z.string(error).min(1, error));
const column = () =>
  expecting("must be the name of a column, or its number from 0 on", (error) =>
    z.union([z.string().min(1), z.number().int().min(0)], error),
  );
const value = () =>
  expecting("must be a label as the file holds it, a text or a number", (error) => z.union([z.string().min(1), z.number()], error));

const imageShape = z.strictObject({
  channels: field(integer(1), "Channels of an image; 1 without.", { unit: "1", example: 3 }).optional(),
  height: field(integer(1), "Rows of pixels.", { unit: "pixels", example: 28 }),
  width: field(integer(1), "Pixels of a row.", { unit: "pixels", example: 28 }),
});

const factsSchema = z.strictObject({
  trainSize: field(integer(1), "Training samples.", { unit: "samples", example: 166 }),
  testSize: field(integer(0), "Test samples.", { unit: "samples", example: 42 }),
  inputDim: field(integer(1), "Coordinates of a sample.", { unit: "1", example: 60 }),
  leftOut: field(integer(1), "Samples of the files that are left out because they lack a value; absent: none.", {
    unit: "samples",
    example: 2,
  }).optional(),
  classes: field(integer(3), "Classes, labelled 0, 1, ...; absent: two, labelled -1 and +1.", { unit: "1", example: 3 }).optional(),
  outputs: field(integer(1), "Targets of a sample; absent: samples have labels.", { unit: "1", example: 1 }).optional(),
  image: field(imageShape.required(), "The shape of samples that are images.", {
    example: { channels: 1, height: 28, width: 28 },
  }).optional(),
  labels: field(z.array(z.union([value(), z.array(value())])), "The labels of each class, as the file holds them.", {
    example: ["mine", "rock"],
  }).optional(),
  oneHot: field(z.array(z.array(value())), "The values of each column of oneHot, in the order of their coordinates.", {
    example: [["DE", "FR"]],
  }).optional(),
  sha256: field(z.record(z.string(), sha256()), "The SHA-256 of every file, by its path as it is written here.", {
    example: { "sonar.csv": "00".repeat(32) },
  }),
});

const partFields = {
  path: field(
    z.union([text(), z.array(text()).min(1)], { error: "must be a path, or a list of paths whose samples follow each other" }),
    "The file of the samples, or several; relative to the definition.",
    {
      example: "sonar.csv",
    },
  ),
  labels: field(text(), "The file of the labels, where they stand in another: IDX, or one column without a heading in any other format.", {
    example: "train-labels-idx1-ubyte",
  }).optional(),
  array: field(text(), "The array of the samples in an .npz archive.", { example: "x_train" }).optional(),
  label: field(column(), "The column of the labels: its name in the heading or the archive, or its number from 0 on.", {
    example: "class",
  }).optional(),
};

/** The entries of a list, of a definition that may not be well formed. */
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const testSchema = z.union(
  [
    z.strictObject(partFields),
    z.strictObject({
      share: field(
        expecting("must be a number between 0 and 1", (error) => z.number(error).gt(0, error).lt(1, error)),
        "The share of the samples that is drawn by the seed and held out.",
        { unit: "1", example: 0.2 },
      ),
    }),
    z.strictObject({
      column: field(column(), "The column that says which samples are held out.", { example: "split" }),
      value: field(value(), "Its value in those samples.", { example: "test" }),
    }),
  ],
  { error: 'must be { "path": ... }, { "share": 0.2 } or { "column": "split", "value": "test" }' },
);

export const fileSchema = ruled(
  z.strictObject({
    kind: z.literal("file"),
    ...partFields,
    format: field(z.enum(Object.keys(formats) as [FormatId, ...FormatId[]]), "The format; without it the content of the file decides.", {
      example: "csv",
    }).optional(),
    heading: field(
      z.boolean(),
      "CSV: true where the first record names the columns, false where it is a sample; without it its content decides.",
      { example: true },
    ).optional(),
    decimal: field(z.enum([".", ","]), "CSV: the mark of decimals; a point without it.", { example: "," }).optional(),
    indexBase: field(z.union([z.literal(0), z.literal(1)], { error: "must be 0 or 1" }), "libsvm: the number of the first feature.", {
      example: 1,
    }).optional(),
    dimension: field(integer(1), "libsvm: the number of features; without it the largest that occurs.", {
      unit: "1",
      example: 123,
    }).optional(),
    columns: field(
      z.array(column()).min(1),
      "The columns of the coordinates, in this order; without it all that hold no label, target or part.",
      { example: ["length", "width"] },
    ).optional(),
    ignore: field(z.array(column()).min(1), "Columns that are no coordinates, such as those of names or numbers of samples.", {
      example: ["id"],
    }).optional(),
    oneHot: field(
      z.array(column()).min(1),
      "Columns whose values are coded, texts or numbers: a coordinate for each value of the training file, 1 where a sample has it and 0 elsewhere. They stand behind the other coordinates, in this order, the values sorted; a test sample with another value is refused.",
      { example: ["country"] },
    ).optional(),
    missing: field(
      z.literal("leaveOut"),
      "Samples that lack a value of a coordinate, the label, a target or the part are left out: an empty cell, NA, NaN, null, none or ? of a table of text, NaN or null elsewhere; without it they are refused.",
      { example: "leaveOut" },
    ).optional(),
    targets: field(z.array(column()).min(1), "The columns of the targets of a regression, instead of a label.", {
      example: ["price"],
    }).optional(),
    classes: field(
      z.union([z.literal("each"), z.array(z.union([value(), z.array(value()).min(1)])).min(2)], {
        error: 'must be "each" or a list of at least two classes, such as ["rock", "mine"] or [["a", "b"], "c"]',
      }),
      'The classes, each a label of the file or a list of them; samples of other labels are left out. Two classes are labelled -1 and +1 in their order, more 0, 1, ...; "each", and without it: every label is a class, in sorted order.',
      { example: ["rock", "mine"] },
    ).optional(),
    test: field(
      testSchema,
      "The test samples: a file of their own, a share that the seed draws, or those that a column names; none without.",
      {
        example: { share: 0.2 },
      },
    ).optional(),
    image: field(
      imageShape,
      "The shape of the samples where they are images and the file does not say so; channel by channel, row by row.",
      {
        example: { height: 28, width: 28 },
      },
    ).optional(),
    prepare: prepareSchema.optional(),
    facts: field(
      factsSchema,
      "What the files hold, as the program that read them found it; a definition that says it is refused where the files are others.",
      {
        example: { trainSize: 166, testSize: 42, inputDim: 60, sha256: { "sonar.csv": "00".repeat(32) } },
      },
    ).optional(),
    ...datasetBase,
  }),
  {
    problems: ({ targets, label, labels, classes, columns, ignore, oneHot, image }) => [
      ...listed(oneHot).flatMap((one, i) =>
        [label, ...listed(columns), ...listed(ignore), ...listed(targets)].includes(one)
          ? [{ path: ["oneHot", i], message: "must be no column that columns, ignore, targets or label names" }]
          : [],
      ),
      ...(oneHot !== undefined && image !== undefined
        ? [{ path: ["oneHot"], message: "must be left out: samples that are images have pixels alone" }]
        : []),
      ...(columns !== undefined && ignore !== undefined
        ? [{ path: ["ignore"], message: "must be left out: columns says which ones are coordinates" }]
        : []),
      ...(targets !== undefined && (label ?? labels) !== undefined
        ? [{ path: ["targets"], message: "must stand alone: a sample has a label or targets" }]
        : []),
      ...(targets !== undefined && classes !== undefined
        ? [{ path: ["classes"], message: "must be left out: targets have no classes" }]
        : []),
      ...(label !== undefined && labels !== undefined
        ? [{ path: ["labels"], message: "must stand alone: the labels are in a column or in another file" }]
        : []),
    ],
  },
);

/** The value of a data set of the kind `file`. */
export type FileChoice = ReadonlyTree<z.output<typeof fileSchema>>;

/** Facts about files that a host reads before a definition is checked. */
export type FileFacts = NonNullable<FileChoice["facts"]>;

/** A file, or several, of one part of the data. */
export type FilePart = Pick<FileChoice, "path" | "labels" | "array" | "label">;
