import type { ValueOf } from "../definition/choice.js";
import { expecting, field, nonNegative, ruled, z } from "../definition/schema.js";
import { datasetBase, datasetMember } from "./dataset.js";
import { planeSamples } from "./plane.js";

const label = expecting("must be -1 or 1 (write -1 and 1 for classes 0 and 1)", (error) => z.union([z.literal(-1), z.literal(1)], error));

const schema = ruled(
  z.strictObject({
    kind: z.literal("points"),
    inputs: field(z.array(z.array(z.number()).min(1)).min(2), "Coordinates of every sample, all of the same number.", {
      unit: "coordinate",
      example: [
        [1, 2],
        [-1, -2],
      ],
    }),
    labels: field(z.array(label), "Label of every sample; both occur.", { unit: "1", example: [1, -1] }).meta({
      allOf: [{ contains: { const: -1 } }, { contains: { const: 1 } }],
    }),
    constant: field(nonNegative(), "Further coordinate of every sample, which stands for a bias; 0 for none.", {
      unit: "coordinate",
      example: 0,
    }),
    ...datasetBase,
  }),
  {
    problems: ({ inputs, labels }) => (Array.isArray(inputs) && Array.isArray(labels) ? misfits(inputs, labels) : []),
  },
);

function misfits(inputs: readonly unknown[], labels: readonly unknown[]): { path: PropertyKey[]; message: string }[] {
  const widths = inputs.map((row) => (Array.isArray(row) ? row.length : undefined));
  const ragged = widths.findIndex((width) => width !== undefined && width !== widths[0]);
  return [
    ...(ragged > 0 && widths[0] !== undefined
      ? [{ path: ["inputs", ragged], message: `must hold ${widths[0]} coordinates like the first, got ${widths[ragged]}` }]
      : []),
    ...(labels.length !== inputs.length
      ? [{ path: ["labels"], message: `must hold ${inputs.length} entries, one per sample, got ${labels.length}` }]
      : new Set(labels).size < 2
        ? [{ path: ["labels"], message: "must hold samples of both classes" }]
        : []),
  ];
}

export const points = datasetMember({
  schema,
  title: "drawn by clicking",
  summary: "samples written into the definition itself",
  examples: [
    {
      kind: "points",
      inputs: [
        [-0.6, 0.4],
        [-0.2, 0.7],
        [0.6, -0.2],
        [0.2, -0.7],
      ],
      labels: [-1, -1, 1, 1],
      constant: 1,
    },
  ],
  sizes: ({ inputs, labels, constant }) => ({
    trainSize: labels.length,
    testSize: 0,
    inputDim: (inputs[0]?.length ?? 0) + (constant === 0 ? 0 : 1),
    isDense: false,
    drawBytes: 0, // no more than the definition itself
  }),
  files: () => [],
  planeConstant: ({ inputs, constant }) => (inputs[0]?.length === 2 ? constant : undefined),
  pixels: ({ inputs }) => inputs[0]?.length ?? 0,
  build:
    ({ inputs, labels, constant }) =>
    async () => ({ train: planeSamples(inputs, labels, constant), test: undefined }),
});

/** Samples written into the definition itself: drawn by hand, or read from a small table. */
export type PointsChoice = ValueOf<typeof points>;
