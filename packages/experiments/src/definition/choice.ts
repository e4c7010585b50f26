import { z } from "./zod.js";

/** One member of a registry: how it is written in a definition, and what is built from that. */
export interface Choice<V, T> {
  readonly schema: z.ZodType<V>;
  /** One line for `steepest list`. */
  readonly summary: string;
  /** Example values of the member, from whose optimisers `expectationTexts` lists what theory expects. */
  readonly examples?: readonly V[];
  /** Builds the member's product from its options. */
  build(options: OptionsOf<V>): T;
}

/** A member's value without the key that names it: its kind, or its rule. */
export type OptionsOf<V> = Omit<V, "kind" | "rule">;

/** The members of the union `V`, by the value of their key `D`. */
export type Registry<V, D extends keyof V, T> = { readonly [K in V[D] & string]: Choice<Extract<V, Record<D, K>>, T> };

/** The schema of "one of the registry's members", told apart by the key `discriminator`, whose value says of each what its summary says. */
export function oneOf<V>(
  discriminator: string,
  registry: Readonly<Record<string, { readonly schema: z.ZodType; readonly summary: string; readonly examples?: readonly unknown[] }>>,
): z.ZodType<V> {
  const members = Object.entries(registry).map(([title, { schema, summary, examples = [] }]) => {
    const { shape } = schema as unknown as z.ZodObject;
    shape[discriminator]!.register(z.globalRegistry, { description: summary, examples: [title] });
    return schema.meta({ title, description: summary, ...(examples.length > 0 && { examples: examples.slice(0, 1) }) });
  });
  return z.discriminatedUnion(discriminator, members as never) as unknown as z.ZodType<V>;
}

/** Builds what `value` describes with the member of its kind. */
export function build<V, D extends keyof V, T>(registry: Registry<V, D, T>, discriminator: D, value: V): T {
  const { [discriminator]: name, ...options } = value;
  const member = registry[name as V[D] & string] as unknown as { readonly build: (options: object) => T };
  return member.build(options);
}

/** The schemas that every number of a definition is written with; their messages say what was expected, `schemaIssues` adds what was got. */
export const positive = (): z.ZodNumber => expecting("must be finite and > 0", (error) => z.number(error).positive(error));
export const nonNegative = (): z.ZodNumber => expecting("must be finite and >= 0", (error) => z.number(error).min(0, error));
export const integer = (least: number): z.ZodNumber =>
  expecting(`must be an integer >= ${least}`, (error) => z.number(error).int(error).min(least, error));

/** A schema with one message for everything that it refuses. */
export function expecting<T>(expectation: string, schema: (error: { readonly error: string }) => T): T {
  return schema({ error: expectation });
}
