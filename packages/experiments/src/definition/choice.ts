import { type ReadonlyTree, z } from "./schema.js";

/** One member of a registry: its form `V` in a definition, and the part `T` that is built from that. */
export interface Choice<V, T> {
  readonly schema: z.ZodType<V>;
  /** One line for `steepest list`. */
  readonly summary: string;
  /** Example values; with the first one a page or an editor starts, and from those of optimisers `expectationTexts` lists what theory expects. */
  readonly examples: readonly [ReadonlyTree<NoInfer<V>>, ...ReadonlyTree<NoInfer<V>>[]];
  /** Builds the member's product from its options. */
  build(options: OptionsOf<ReadonlyTree<NoInfer<V>>>): T;
}

/** A member's value without the key that names it: its kind, or its rule. */
export type OptionsOf<V> = Omit<V, "kind" | "rule">;

/** A part of a registry as far as its schema goes. */
interface Described {
  readonly schema: z.ZodType;
  readonly summary: string;
}

/** The value that a member's schema reads. */
export type ValueOf<M extends { readonly schema: z.ZodType }> = ReadonlyTree<z.output<M["schema"]>>;

/** The value of one of the registry's members. */
export type OneOf<R extends Readonly<Record<string, { readonly schema: z.ZodType }>>> = ValueOf<R[keyof R]>;

/**
 * The schema of "one of the registry's members", told apart by the key `discriminator`, whose value says of each what its summary says.
 *
 * @param registry  members by the value of that key, which their schemas fix
 * @param shown     the members whose first example editors show
 */
export function oneOf<D extends string, R extends { readonly [K in keyof R]: Described & { readonly schema: z.ZodType<Record<D, K>> } }>(
  discriminator: D,
  registry: R,
  { showsExamples = false }: { readonly showsExamples?: boolean } = {},
): z.ZodType<OneOf<R>> {
  const described: Readonly<Record<string, Described & { readonly examples?: readonly unknown[] }>> = registry;
  const members = Object.entries(described).map(([title, { schema, summary, examples = [] }]) => {
    const { shape } = schema as z.ZodObject;
    shape[discriminator]!.register(z.globalRegistry, { description: summary, examples: [title] });
    return schema.meta({ title, description: summary, ...(showsExamples && { examples: examples.slice(0, 1) }) });
  });
  return z.discriminatedUnion(discriminator, members as never) as unknown as z.ZodType<OneOf<R>>; // zod wants a tuple, and its names in the type
}

/** The part that `value` describes, built by the member of its kind or rule. */
export function build<D extends string, T>(
  registry: Readonly<Record<string, Choice<unknown, T>>>,
  discriminator: D,
  value: Readonly<Record<D, string>>,
): T {
  const { [discriminator]: name, ...options } = value;
  return registry[name]!.build(options);
}

/** The members of a registry with the titles that those of the core have. */
export function titled<R extends Readonly<Record<string, object>>>(
  members: R,
  registry: Readonly<Record<keyof R, { readonly title: string }>>,
): { readonly [K in keyof R]: R[K] & { readonly title: string } } {
  const entries = Object.entries(members).map(([id, member]) => [id, { ...member, title: registry[id]!.title }]);
  return Object.fromEntries(entries) as never;
}
