import type { z } from "./zod.js";

/** The description of a field, for people and for editors. */
export interface FieldText {
  /** Unit of the number; "1" for a number without one. */
  readonly unit?: string;
  readonly example: unknown;
  /** Its names in other libraries, where a common name of them means something else: `decay` of RMSProp is no weight decay. */
  readonly otherNames?: readonly string[];
}

/** A schema with the description of its field, which `steepest schema` shows. */
export function field<T extends z.ZodType>(schema: T, description: string, { unit, example, otherNames }: FieldText): T {
  return schema.meta({ description, ...(unit !== undefined && { unit }), ...(otherNames && { otherNames }), examples: [example] }) as T;
}
