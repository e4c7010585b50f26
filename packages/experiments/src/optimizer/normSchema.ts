import { type NormExpression, type NormId, norms } from "@steepest/core";
import { z } from "../definition/zod.js";

const weights = z.array(z.number().positive()).optional();

const expression: z.ZodType<NormExpression> = z.lazy(() =>
  z.union([
    z.enum(Object.keys(norms) as [NormId, ...NormId[]]),
    z.strictObject({ lp: z.number().gt(1) }),
    z.strictObject({ max: z.array(expression).min(1), weights }),
    z.strictObject({ sum: z.array(expression).min(1), weights }),
    z.strictObject({ l2: z.array(expression).min(1), weights }),
    z.strictObject({ weighted: expression, diagonal: z.array(z.number().positive()).min(1) }),
  ]),
) as unknown as z.ZodType<NormExpression>;

/** A norm as data: an id of the registry, or `{ max: ["spectral", "linf"], weights: [1, 0.5] }` with one norm per trainable layer. */
export const normSchema: z.ZodType<NormExpression> = expression;
