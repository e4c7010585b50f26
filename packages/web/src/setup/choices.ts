import { type ActivationChoice, activations, canonicalJson } from "@steepest/core";
import {
  type DatasetDefinition,
  datasets,
  definitionJsonSchema,
  firstStep,
  fittingStep,
  isLabelled,
  needsFiles,
  type OptimizerChoice,
  optimizers,
  type StepChoice,
  stepRules,
} from "@steepest/experiments";
import { shippedKind } from "../paper/shipped.js";
import { leadingData } from "./defaults.js";
import type { ArmSetup, DrawableData } from "./raceSetup.js";

interface Member {
  readonly examples: readonly [unknown, ...unknown[]];
}

/** The first examples of a registry's members: those of the `leading` ids first, the others in its order. */
function firstExamples<R extends Readonly<Record<string, Member>>>(
  registry: R,
  leading: readonly (keyof R & string)[],
): { readonly [K in keyof R]: R[K]["examples"][0] } {
  const ids = new Set([...leading, ...Object.keys(registry)]);
  return Object.fromEntries([...ids].map((id) => [id, registry[id]!.examples[0]])) as never;
}

type DataKind = DatasetDefinition["kind"];

/** True for data that the page can draw and race classifiers on: labels, from no file or from the one that is shipped. */
export const isOffered = (data: DatasetDefinition): data is DrawableData & DatasetDefinition =>
  isLabelled(data) && (!needsFiles(data) || data.kind === shippedKind);

/** Each data set that the page offers as it is when it is chosen. */
export const dataStarts: Readonly<Partial<Record<DataKind, DrawableData>>> = Object.fromEntries(
  Object.entries<DatasetDefinition>(firstExamples(datasets, leadingData)).flatMap(([kind, data]) =>
    isOffered(data) ? [[kind, data]] : [],
  ),
);

export const dataNames: Readonly<Partial<Record<DataKind, string>> & { readonly dropped: string }> = {
  ...Object.fromEntries(Object.keys(dataStarts).map((kind) => [kind, datasets[kind as DataKind].title])),
  dropped: "a table (CSV, NumPy, Parquet)",
};

/** Each optimiser as it is when it is chosen. */
export const optimizerStarts = firstExamples(optimizers, []);

/** The name of a step rule in menus. */
export const stepName = (rule: StepChoice["rule"]): string => stepRules[rule].title;

/** The step after another optimiser was chosen: an unchanged default gives way to the default of the new optimiser. */
export function stepAfterChoice({ optimizer, step }: ArmSetup, chosen: OptimizerChoice): StepChoice {
  const start = fittingStep(optimizer, firstStep);
  const isUntouched = chosen.kind !== optimizer.kind && canonicalJson(step) === canonicalJson(start);
  return fittingStep(chosen, isUntouched ? firstStep : step);
}

/** The id of an activation, or of its family. */
export function activationKind(activation: ActivationChoice): string {
  return typeof activation === "string" ? activation : Object.keys(activation)[0]!;
}

const namedActivations: readonly (readonly [string, ActivationChoice])[] = [
  ["ReLU", "relu"],
  ["leaky ReLU", { leakyRelu: 0.1 }],
  ["power of ReLU", { reluPower: 2 }],
  ["absolute value", "abs"],
  ["identity", "identity"],
  ["SiLU", "silu"],
  ["GELU", "gelu"],
  ["ELU", { elu: 1 }],
  ["softplus", "softplus"],
  ["tanh", "tanh"],
];

/** Names of the activations, with the first value of each; one without a name here has its id. */
export const activationNames: readonly (readonly [string, ActivationChoice])[] = [
  ...namedActivations,
  ...Object.entries(activations).flatMap(([id, member]): [string, ActivationChoice][] =>
    "make" in member || namedActivations.some(([, choice]) => activationKind(choice) === id) ? [] : [[id, id as ActivationChoice]],
  ),
];

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly const?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: string | number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

let schema: JsonSchema | undefined;
let schemas: readonly JsonSchema[] = [];

function allSchemas(one: JsonSchema): JsonSchema[] {
  const children = Object.values(one).flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  const nested = [one.anyOf ?? [], one.oneOf ?? [], Object.values(one.properties ?? {}), children].flat();
  const objects = nested.filter((value): value is JsonSchema => typeof value === "object" && value !== null && !Array.isArray(value));
  return [one, ...[...new Set(objects)].flatMap(allSchemas)];
}

/** A schema with the definition that it refers to. */
function resolved(one: JsonSchema | undefined): JsonSchema | undefined {
  if (one?.$ref === undefined) return one;
  const { $ref, ...own } = one;
  return { ...resolved(schema?.$defs?.[$ref.replace("#/$defs/", "")]), ...own };
}

function schemaAt(discriminator: "kind" | "rule", name: string, path: readonly string[]): JsonSchema | undefined {
  if (!schema) {
    schema = definitionJsonSchema() as JsonSchema;
    schemas = allSchemas(schema);
  }
  const member = schemas.find(({ properties }) => properties?.[discriminator]?.const === name);
  return path.reduce<JsonSchema | undefined>((holder, key) => resolved(holder?.properties?.[key]), member);
}

/** The words that a definition accepts at a key, or path of keys, of an optimiser or step rule, beside other forms or alone; undefined where it takes none. */
export function wordsAt(discriminator: "kind" | "rule", name: string, path: readonly string[]): readonly string[] | undefined {
  const { enum: words, anyOf = [] } = schemaAt(discriminator, name, path) ?? {};
  return words ?? anyOf.find((form) => form.enum)?.enum;
}

/** True where a definition accepts integers only. */
export function isWhole(discriminator: "kind" | "rule", name: string, path: readonly string[]): boolean {
  return schemaAt(discriminator, name, path)?.type === "integer";
}

/** The default of a key that is left out, of the object at a path. */
export function defaultsAt(discriminator: "kind" | "rule", name: string, path: readonly string[]): ReadonlyMap<string, string | number> {
  const properties = Object.entries(schemaAt(discriminator, name, path)?.properties ?? {});
  return new Map(properties.flatMap(([key, { default: entry }]) => (entry === undefined ? [] : [[key, entry]])));
}
