import { type ActivationChoice, canonicalJson, stepRules } from "@steepest/core";
import {
  buildOptimizer,
  buildStepRule,
  type DatasetDefinition,
  definitionJsonSchema,
  type OptimizerChoice,
  optimizers,
  type PointsChoice,
  type StepChoice,
} from "@steepest/experiments";
import type { ArmSetup } from "./raceSetup.js";

/** Each data set as it is when it is chosen. */
export const dataStarts: Readonly<Record<DatasetDefinition["kind"], DatasetDefinition>> = {
  moons: { kind: "moons", trainSize: 60, noise: 0.1, constant: 1 },
  xor: { kind: "xor", trainSize: 60, noise: 0.25, constant: 1 },
  separable: { kind: "separable", trainSize: 60, noise: 0.08, constant: 0 },
  circles: { kind: "circles", trainSize: 60, noise: 0.08, constant: 1 },
  points: {
    kind: "points",
    inputs: [
      [-0.6, 0.4],
      [-0.2, 0.7],
      [0.6, -0.2],
      [0.2, -0.7],
    ],
    labels: [-1, -1, 1, 1],
    constant: 1,
  } satisfies PointsChoice,
  teacherStudent: {
    kind: "teacherStudent",
    inputDim: 128,
    teacherWidth: 16,
    nonzerosPerNeuron: 3,
    minTeacherScore: 0.1,
    trainSize: 50,
    testSize: 0,
  },
  mnistPair: { kind: "mnistPair", digits: [3, 6], trainSize: 100 },
};

export const dataNames: Readonly<Record<DatasetDefinition["kind"] | "file", string>> = {
  moons: "two moons",
  xor: "XOR",
  separable: "linearly separable",
  circles: "circles",
  points: "drawn by clicking",
  teacherStudent: "teacher and student",
  mnistPair: "MNIST 3 against 6",
  file: "a table (CSV or NumPy)",
};

/** Each step rule as it is when it is chosen. */
export const stepStarts: Readonly<Record<StepChoice["rule"], StepChoice>> = {
  marginPaced: { rule: "marginPaced", c: 0.25 },
  constant: { rule: "constant", size: 0.01 },
  powerLaw: { rule: "powerLaw", size: 0.1, exponent: 0.5 },
  lossBased: { rule: "lossBased", size: 0.01, rollback: false },
  warmUp: { rule: "warmUp", size: 0.01, steps: 100 },
  backtracking: { rule: "backtracking", relativeSize: 0.1, tolerance: 0 },
  lineSearch: { rule: "lineSearch", size: 1, sufficientDecrease: 0.1 },
};

/** The name of a step rule in menus. */
export const stepName = (rule: StepChoice["rule"]): string => stepRules[rule].title;

/** The rules whose sizes have a meaning for the optimiser's steps. */
export function rulesFor(optimizer: OptimizerChoice): StepChoice["rule"][] {
  const { lengthUnit } = buildOptimizer(optimizer);
  return (Object.keys(stepStarts) as StepChoice["rule"][]).filter((rule) => {
    const { appliesTo } = buildStepRule(stepStarts[rule]);
    return appliesTo === "any" || appliesTo === lengthUnit;
  });
}

/** First sizes for optimisers for which 0.01 is too long or too short for two moons in the default network. */
const firstSteps: Partial<Readonly<Record<OptimizerChoice["kind"], StepChoice>>> = {
  heavyBall: { rule: "constant", size: 0.001 },
  adaGrad: { rule: "constant", size: 0.1 },
  shampoo: { rule: "constant", size: 0.1 },
  mirrorDescent: { rule: "constant", size: 0.003 },
  progressiveRescaling: { rule: "lossBased", size: 0.01, rollback: false },
};

/** The step if it makes sense for the optimiser, else one that does and with which it learns. */
export function fittingStep(optimizer: OptimizerChoice, step: StepChoice): StepChoice {
  const rules = rulesFor(optimizer);
  if (rules.includes(step.rule)) return step;
  const first = firstSteps[optimizer.kind];
  return first && rules.includes(first.rule) ? first : stepStarts[rules[0]!];
}

const examples = Object.fromEntries(
  Object.entries(optimizers).map(([kind, { examples }]) => [kind, (examples as readonly OptimizerChoice[])[0]!]),
) as Record<OptimizerChoice["kind"], OptimizerChoice>;

export const optimizerStarts: Readonly<Record<OptimizerChoice["kind"], OptimizerChoice>> = {
  ...examples,
  progressiveRescaling: {
    kind: "progressiveRescaling",
    optimizer: { kind: "steepest", norm: "l2", normalized: false },
    period: 100,
    growth: 1.05,
  },
};

/** The step after another optimiser was chosen: an unchanged default gives way to the default of the new optimiser. */
export function stepAfterChoice({ optimizer, step }: ArmSetup, chosen: OptimizerChoice): StepChoice {
  const start = fittingStep(optimizer, stepStarts.marginPaced);
  const isUntouched = chosen.kind !== optimizer.kind && canonicalJson(step) === canonicalJson(start);
  return fittingStep(chosen, isUntouched ? stepStarts.marginPaced : step);
}

/** Names of the activations, with the first value of each. */
export const activationNames: readonly (readonly [string, ActivationChoice])[] = [
  ["ReLU", "relu"],
  ["leaky ReLU", { leakyRelu: 0.1 }],
  ["power of ReLU", { reluPower: 2 }],
  ["identity", "identity"],
];

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly default?: string | number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

let schemas: readonly JsonSchema[] | undefined;

function allSchemas(schema: JsonSchema): JsonSchema[] {
  const children = Object.values(schema).flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  const nested = [schema.anyOf ?? [], schema.oneOf ?? [], Object.values(schema.properties ?? {}), children].flat();
  const objects = nested.filter((value): value is JsonSchema => typeof value === "object" && value !== null && !Array.isArray(value));
  return [schema, ...[...new Set(objects)].flatMap(allSchemas)];
}

function schemaAt(discriminator: "kind" | "rule", name: string, path: readonly string[]): JsonSchema | undefined {
  schemas ??= allSchemas(definitionJsonSchema() as JsonSchema);
  const member = schemas.find(({ properties }) => properties?.[discriminator]?.const === name);
  return path.reduce<JsonSchema | undefined>((schema, key) => schema?.properties?.[key], member);
}

/** The words that a definition accepts at a key, or path of keys, of an optimiser or step rule; undefined where it takes anything else. */
export function wordsAt(discriminator: "kind" | "rule", name: string, path: readonly string[]): readonly string[] | undefined {
  return schemaAt(discriminator, name, path)?.enum;
}

/** The default of a key that is left out, of the object at a path. */
export function defaultsAt(discriminator: "kind" | "rule", name: string, path: readonly string[]): ReadonlyMap<string, string | number> {
  const properties = Object.entries(schemaAt(discriminator, name, path)?.properties ?? {});
  return new Map(properties.flatMap(([key, { default: entry }]) => (entry === undefined ? [] : [[key, entry]])));
}
