import type { z } from "./zod.js";

/** The description of a field, for people and for editors. */
export interface FieldText {
  /** Unit of the number; "1" for a number without one. */
  readonly unit?: string;
  readonly example: unknown;
}

/** A schema with the description of its field, which `steepest schema` shows. */
export function field<T extends z.ZodType>(schema: T, description: string, { unit, example }: FieldText): T {
  return schema.meta({ description, ...(unit !== undefined && { unit }), examples: [example] }) as T;
}
