import type { Path } from "./path.js";
import type { z } from "./schema.js";
import { fixedKeys, type JsonSchema, schemasAt } from "./schemaAt.js";

/** One form of the object at a place: its kind or rule, and its fields. */
interface Form {
  /** The value of its discriminator: "constant" of a step rule; undefined if it has none. */
  readonly name: unknown;
  readonly fields: Readonly<Record<string, JsonSchema>>;
  readonly isMeant: boolean;
}

/** Keys, each with the names of the forms that have it: c -> marginPaced. */
type Owners = ReadonlyMap<string, readonly string[]>;

export interface KnownKeys {
  /** The keys of the forms that the object is meant as. */
  readonly own: readonly string[];
  /** Keys of the other forms. */
  readonly others: Owners;
  /** The own keys whose field says that a word of another library is its name there. */
  saying(word: string): readonly string[];
  /** The own keys whose fields leave their names in other libraries to the table of words. */
  readonly plain: readonly string[];
  /** Keys of the other forms whose fields do. */
  readonly plainOthers: Owners;
}

/** The form that an object names: its kind or its rule. */
function formOf(schema: JsonSchema, value: object): Form {
  const fixed = fixedKeys(schema);
  return {
    name: fixed[0]?.[1],
    fields: schema.properties ?? {},
    isMeant: fixed.every(([key, constant]) => constant === (value as Record<string, unknown>)[key]),
  };
}

/** Every key that the schema knows at a path for the object that stands there, and those of the forms that it is not. */
export function knownKeys(schema: z.ZodType, path: Path, value: object): KnownKeys {
  const forms = schemasAt(schema, path).map((branch) => formOf(branch, value));
  const fields = forms.filter(({ isMeant }) => isMeant).flatMap((form) => Object.entries(form.fields));
  const ownKeys = (filter: (field: JsonSchema) => boolean): string[] => [
    ...new Set(fields.flatMap(([key, field]) => (filter(field) ? [key] : []))),
  ];
  const own = ownKeys(() => true);
  const ownersOf = (filter: (field: JsonSchema) => boolean): Owners => {
    const found = new Map<string, string[]>();
    for (const { name, fields: others, isMeant } of forms) {
      if (isMeant || typeof name !== "string") continue;
      for (const [key, field] of Object.entries(others))
        if (!own.includes(key) && filter(field)) found.set(key, [...(found.get(key) ?? []), name]);
    }
    return found;
  };
  const isPlain = ({ otherNames }: JsonSchema): boolean => otherNames === undefined;
  return {
    own,
    others: ownersOf(() => true),
    saying: (word) => ownKeys(({ otherNames }) => otherNames?.includes(word) ?? false),
    plain: ownKeys(isPlain),
    plainOthers: ownersOf(isPlain),
  };
}
