import { type Loss, type LossId, losses } from "@steepest/core";
import { field, type ReadonlyTree, z } from "./schema.js";

/**
 * The losses in words, for lists and the schema.
 *
 * @returns of each its id, and its formula, with what it is for several classes
 */
export function lossTexts(): { readonly name: string; readonly what: string }[] {
  return Object.values<Loss>(losses).map(({ id, facts, sees }) => {
    const of = sees === "targets" ? "of scores f and targets t, or of labels: -1 and +1, or one-hot vectors" : "of a margin q";
    return { name: id, what: `${facts!.formula} ${of}${facts?.nameOfClasses ? `; with several classes ${facts.nameOfClasses}` : ""}` };
  });
}

const meanings = lossTexts().map(({ name, what }) => `${name}: ${what}`);

export const lossSchema = z.strictObject({
  kind: field(z.enum(Object.keys(losses) as LossId[]), `Loss of a sample; ${meanings.join("; ")}.`, { example: "exponential" }),
  reduction: field(z.enum(["sum", "mean"]), "How the losses of the samples make the risk that is descended.", { example: "sum" }),
});

/** The loss of a definition. */
export type LossChoice = ReadonlyTree<z.output<typeof lossSchema>>;
