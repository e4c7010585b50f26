import { field, ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";

const rows = () => z.array(z.array(z.number()).min(1)).min(1);

const schema = ruled(
  z.strictObject({
    kind: z.literal("targetPoints"),
    inputs: field(rows(), "Coordinates of every sample, all of the same number.", {
      unit: "coordinate",
      example: [
        [1, 2],
        [-1, 0],
      ],
    }),
    targets: field(rows(), "Targets of every sample, all of the same number.", { unit: "target", example: [[0.5], [-1]] }),
  }),
  {
    problems: ({ inputs, targets }) => [
      ...ragged("inputs", inputs, "coordinates"),
      ...ragged("targets", targets, "targets"),
      ...(Array.isArray(inputs) && Array.isArray(targets) && inputs.length !== targets.length
        ? [{ path: ["targets"], message: `must hold ${inputs.length} entries, one per sample, got ${targets.length}` }]
        : []),
    ],
  },
);

/** The first row that is not as long as the first of all. */
function ragged(key: string, list: unknown, what: string): { readonly path: PropertyKey[]; readonly message: string }[] {
  if (!Array.isArray(list)) return [];
  const widths = list.map((row) => (Array.isArray(row) ? row.length : undefined));
  const at = widths.findIndex((width) => width !== undefined && width !== widths[0]);
  if (at <= 0 || widths[0] === undefined) return [];
  return [{ path: [key, at], message: `must hold ${widths[0]} ${what} like the first, got ${widths[at]}` }];
}

/** Samples of a regression that are written into the definition itself. */
export const targetPoints = datasetMember({
  schema,
  title: "points with targets",
  summary: "samples with targets, written into the definition itself",
  examples: [
    {
      kind: "targetPoints",
      inputs: [
        [1, 0],
        [1, 1],
        [1, 2],
      ],
      targets: [[0.1], [0.9], [2.1]],
    },
  ],
  sizes: ({ inputs, targets }) => ({
    trainSize: inputs.length,
    testSize: 0,
    inputDim: inputs[0]?.length ?? 0,
    outputs: targets[0]?.length ?? 0,
    isDense: false,
    drawBytes: 0, // no more than the definition itself
  }),
  files: () => [],
  build:
    ({ inputs, targets }) =>
    async () => ({
      train: {
        inputs: Float64Array.from(inputs.flat()),
        inputDim: inputs[0]?.length ?? 0,
        targets: Float64Array.from(targets.flat()),
        outputs: targets[0]?.length ?? 0,
      },
      test: undefined,
    }),
});
