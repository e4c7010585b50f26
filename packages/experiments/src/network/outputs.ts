import { DefinitionError } from "@steepest/core";
import { field, integer } from "../definition/schema.js";

/** Schema of the number of scores per sample, which follows from the data set. */
export const outputsField = () =>
  field(
    integer(1),
    "Scores per sample. It follows from the data set: 1 for labels -1 and +1, C for C classes, one per target; another number is refused.",
    {
      unit: "scores",
      example: 1,
    },
  ).optional();

/**
 * The scores per sample that the data needs.
 *
 * @throws DefinitionError  if the definition says another number
 */
export function agreedOutputs(written: number | undefined, needed: number): number {
  if (written === undefined || written === needed) return needed;
  throw DefinitionError.at("outputs", `must be ${needed}, which the data set needs, got ${written}`, {
    value: written,
    hint: "leave it out: it follows from the data set",
  });
}
