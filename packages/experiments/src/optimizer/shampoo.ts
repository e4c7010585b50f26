import type { ShampooExponent } from "@steepest/core";
import { shampoo as coreShampoo } from "@steepest/core";
import type { ValueOf } from "../definition/choice.js";
import { field, implication, nonNegative, ruled, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { shampoo as shampooClass } from "../pytorch/optimizerClasses.js";
import { options, refuseOption } from "../pytorch/optimizerSource.js";
import { optimizerMember } from "./member.js";
import { steepestSource } from "./steepest.js";

const schema = ruled(
  z.strictObject({
    kind: z.literal("shampoo"),
    exponent: field(
      z.enum(["quarter", "half", "sequentialHalf"]),
      "Inverse root of the two preconditioners: the fourth, the square, or the square with the right one summing what the left one leaves of the gradients.",
      { example: "quarter" },
    ),
    accumulate: field(z.boolean(), "Whether the preconditioners sum over all steps; without, every step sees its own gradient only.", {
      example: true,
    }),
    epsilon: field(
      nonNegative(),
      "Added to the diagonals of the preconditioners, once; to the right one of sequentialHalf as a bare number, since its sums have no unit.",
      {
        unit: "squared gradient of the risk",
        example: 1e-4,
      },
    ),
  }),
  {
    json: implication(
      { properties: { accumulate: { const: false } } },
      { properties: { exponent: { const: "quarter" }, epsilon: { const: 0 } } },
    ),
    problems: ({ exponent, accumulate, epsilon }) => {
      if (accumulate !== false) return [];
      const refused = (path: string, expected: string) => ({ path: [path], message: `must be ${expected} without accumulation` });
      return [
        ...(typeof exponent === "string" && exponent !== "quarter" ? [refused("exponent", '"quarter"')] : []),
        ...(typeof epsilon === "number" && epsilon > 0 ? [refused("epsilon", "0")] : []),
      ];
    },
  },
);

/** Options of the class for each exponent. */
const variants: Readonly<Record<ShampooExponent, string>> = {
  quarter: "a=0.25",
  half: "a=0.5",
  sequentialHalf: "a=0.5, sequential=True",
};

export const shampoo = optimizerMember({
  schema,
  summary: "Shampoo, accumulating with exponent 1/4, 1/2 or sequentialHalf (figure 3 of the paper), or not: spectral descent",
  examples: [
    { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 },
    { kind: "shampoo", exponent: "sequentialHalf", accumulate: true, epsilon: 1e-4 },
    { kind: "shampoo", exponent: "quarter", accumulate: false, epsilon: 0 },
  ],
  firstStep: { rule: "constant", size: 0.1 },
  build: coreShampoo,
  pytorch: ({ exponent, accumulate, epsilon }) => {
    if (!accumulate) return steepestSource({ kind: "steepest", norm: "spectral", normalized: true });
    const variant = variants[exponent] ?? refuseOption("optimizer.exponent", String(exponent));
    return { text: `Shampoo(shapes, ${variant}, ${options({ epsilon })})`, needs: [shampooClass], norm: () => normSource("spectral") };
  },
});

export type ShampooChoice = ValueOf<typeof shampoo>;
