import { field, integer, positive, type ReadonlyTree, z } from "../../definition/schema.js";

const stepSchema = z.union(
  [
    z.enum(["unitInterval", "standardize", "unitRows", "dropConstant"]),
    z.strictObject({
      divide: field(positive(), "Divides every coordinate: 255 makes pixels of bytes numbers in [0, 1].", {
        unit: "coordinate",
        example: 255,
      }),
    }),
    z.strictObject({
      pool: field(integer(2), "Averages squares of so many pixels a side, which divides both sides of the images.", {
        unit: "pixels",
        example: 2,
      }),
    }),
    z.strictObject({
      constant: field(z.number(), "Appends a coordinate that every sample has, which stands for a bias.", {
        unit: "coordinate",
        example: 1,
      }),
    }),
  ],
  { error: 'must be "unitInterval", "standardize", "unitRows", "dropConstant", { "divide": 255 }, { "pool": 2 } or { "constant": 1 }' },
);

export const prepareSchema = field(
  z.array(stepSchema),
  "What is done to the coordinates, in this order. unitInterval: (x - least) / (largest - least) of the coordinate's training samples; standardize: (x - mean) / standard deviation of them; both 0 where they are all equal. unitRows: each sample divided by its l2 norm. dropConstant: leaves out coordinates that are equal in all samples, test samples included.",
  { example: [{ divide: 255 }, { constant: 1 }] },
);

/** One step of the preparation. */
export type PrepareStep = ReadonlyTree<z.output<typeof stepSchema>>;
