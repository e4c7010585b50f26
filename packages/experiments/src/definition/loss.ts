import { type LossId, losses } from "@steepest/core";
import { field } from "./field.js";
import { z } from "./zod.js";

export interface LossChoice {
  readonly kind: LossId;
  readonly reduction: "sum" | "mean";
}

export const lossSchema: z.ZodType<LossChoice> = z.strictObject({
  kind: field(z.enum(Object.keys(losses) as [LossId, ...LossId[]]), "Loss of a sample margin q: exp(-q), or log(1 + exp(-q)).", {
    example: "exponential",
  }),
  reduction: field(z.enum(["sum", "mean"]), "How the losses of the samples make the risk that is descended.", { example: "sum" }),
});
