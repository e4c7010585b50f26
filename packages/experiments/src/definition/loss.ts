import { type LossId, losses } from "@steepest/core";
import { field, type ReadonlyTree, z } from "./schema.js";

const formulas = Object.values(losses).flatMap(({ facts }) => facts?.formula ?? []);

export const lossSchema = z.strictObject({
  kind: field(z.enum(Object.keys(losses) as LossId[]), `Loss of a sample margin q: ${formulas.join(", or ")}.`, { example: "exponential" }),
  reduction: field(z.enum(["sum", "mean"]), "How the losses of the samples make the risk that is descended.", { example: "sum" }),
});

/** The loss of a definition. */
export type LossChoice = ReadonlyTree<z.output<typeof lossSchema>>;
