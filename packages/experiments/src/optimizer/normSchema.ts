import { type NormExpression, type NormId, norms } from "@steepest/core";
import { field, z } from "../definition/schema.js";
import { moduleNormSchema } from "../module/schema.js";

const weights = field(z.array(z.number().positive()), "Weight of each layer's norm; 1 without.", {
  unit: "1",
  example: [1, 0.5],
}).optional();
const within: z.ZodType<NormExpression> = z.lazy(() => expression);
const perLayer = (how: string): z.ZodType<NormExpression[]> =>
  field(z.array(within).min(1), `One norm per trainable layer, in layer order: ${how}.`, { example: ["spectral", "linf"] });

const expression = z
  .union([
    z.enum(Object.keys(norms) as [NormId, ...NormId[]]),
    z.strictObject({ lp: field(z.number().gt(1), "p of the lp norm of all weights.", { unit: "1", example: 3 }) }),
    z.strictObject({ max: perLayer("the largest of them"), weights }),
    z.strictObject({ sum: perLayer("their sum"), weights }),
    z.strictObject({ l2: perLayer("the root of the sum of their squares"), weights }),
    z.strictObject({
      weighted: field(within, "Norm of the weights times the diagonal.", { example: "l1" }),
      diagonal: field(z.array(z.number().positive()).min(1), "Factor of every weight before the norm is taken.", {
        unit: "1",
        example: [1, 2, 0.5],
      }),
    }),
    moduleNormSchema,
  ])
  .meta({ id: "norm" }) as unknown as z.ZodType<NormExpression>;

/** A norm as data: an id of the registry, or `{ max: ["spectral", "linf"], weights: [1, 0.5] }` with one norm per trainable layer. */
export const normField = (): z.ZodType<NormExpression> =>
  field(
    expression,
    "Norm in which steps are steepest: an id (see steepest list norms), or an expression with one norm per trainable layer, or your own: { module }.",
    {
      example: "linf",
    },
  );

/** Norms of modules that a run records, whichever norms its optimisers have. */
export const recordedNorms = () =>
  field(z.array(moduleNormSchema).min(1), "Norms of modules that probes name beside those of the optimisers: margin.module(ID).", {
    example: [{ module: "./my-norm.mjs" }],
  });
