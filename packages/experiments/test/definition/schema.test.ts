import { type DefinitionError, normOf } from "@steepest/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import {
  catalog,
  type DatasetDefinition,
  datasets,
  definitionJsonSchema,
  type ExperimentDefinition,
  isLabelled,
  optimizers,
  parseDefinition,
  stepRules,
} from "../../src/index.js";
import { onTargets } from "../support/regression.js";
import { changed, tiny } from "../support/tiny.js";

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

const schema = definitionJsonSchema() as JsonSchema;
const usual = { strict: true, strictTypes: false, strictRequired: false, strictTuples: false } as const;
const ajv = new Ajv2020(usual);
ajv.addVocabulary(["unit", "otherNames"]);
ajv.addSchema(schema as object, "definition");
const validate = ajv.getSchema("definition")!;

/** A part of the schema by its JSON pointer; what several parts refer to is compiled once. */
const partOf = (pointer: string): ReturnType<typeof ajv.compile> => ajv.compile({ $ref: `definition#${pointer}` });
const pointed = (key: string): string => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));

/** The verdict of an editor on a definition. */
const isAccepted = (value: unknown): boolean => validate(value) === true;

/** The refusals of the command for it. */
function refusals(value: unknown): readonly string[] {
  try {
    parseDefinition(value);
    return [];
  } catch (error) {
    return (error as DefinitionError).issues.map(({ message }) => message);
  }
}

/** Every field of every object that the schema describes, with its JSON pointer; keywords that only restrict another schema are left out. */
function fields(node: unknown, path = ""): (readonly [string, JsonSchema])[] {
  if (typeof node !== "object" || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((entry, i) => fields(entry, `${path}/${i}`));
  return Object.entries(node).flatMap(([key, entry]) => {
    if (["if", "then", "else", "not", "examples", "allOf"].includes(key)) return [];
    const here = `${path}/${pointed(key)}`;
    const own =
      key === "properties"
        ? Object.entries(entry as object).map(([name, field]) => [`${here}/${pointed(name)}`, field as JsonSchema] as const)
        : [];
    return [...own, ...fields(entry, here)];
  });
}

/** True if a field holds numbers, itself or in a list. */
function isNumeric({ type, items }: JsonSchema): boolean {
  return type === "number" || type === "integer" || (items !== undefined && isNumeric(items));
}

describe("the JSON schema says of every field", () => {
  const described = fields(schema);

  test("what it is, with an example that it accepts, and the unit of a number", () => {
    const lacking = described.flatMap(([path, field]) => [
      ...(field.description ? [] : [`${path}: no description`]),
      ...(field.examples?.length ? [] : [`${path}: no example`]),
      ...(isNumeric(field) && !field.unit ? [`${path}: no unit`] : []),
      ...(field.examples ?? []).flatMap((example) => {
        return partOf(path)(example) ? [] : [`${path}: does not accept its example ${JSON.stringify(example)}`];
      }),
    ]);
    expect([...new Set(lacking)]).toEqual([]);
    expect(described.length).toBeGreaterThan(100);
  });
});

const normProbe = `margin.${normOf({ max: ["spectral", "linf"], weights: [1, 0.5] }).id}`;

const arm = (optimizer: unknown, step: unknown = { rule: "constant", size: 0.01 }) => ({ optimizer, step });

/** A definition, and the part of it that is mutated. */
type Seed = readonly [definition: unknown, part: string];

const withPart = (part: string, value: unknown): Seed => [changed(tiny, part, value), part];

const ofTargets = (dataset: DatasetDefinition): Seed => [onTargets(tiny, dataset), "dataset"];

/** Definitions that together hold every kind of every part. */
const seeds: readonly Seed[] = [
  [{ ...tiny, $schema: "./s.json" }, ""],
  ...Object.values(optimizers).flatMap(({ examples = [] }) =>
    examples.map((example): Seed => [changed(tiny, "arms/sign", arm(example)), "arms/sign/optimizer"]),
  ),
  ...[
    { rule: "powerLaw", size: 0.1, exponent: 0.5 },
    { rule: "marginPaced", c: 0.05, gradients: "bound" },
    { rule: "warmUp", size: 0.1, steps: 10 },
    { rule: "backtracking", relativeSize: 0.1, tolerance: 0 },
    { rule: "lineSearch", size: 1, sufficientDecrease: 0.1 },
  ].map((step) => withPart("arms/sign/step", step)),
  withPart("arms/gradient/step", { rule: "lossBased", size: 0.1, rollback: true }),
  ...[
    { kind: "moons", trainSize: 20, noise: 0.1, constant: 1 },
    { kind: "mnistPair", digits: [3, 6], trainSize: 20, pool: 2 },
    {
      kind: "points",
      inputs: [
        [1, 2],
        [3, 4],
      ],
      labels: [1, -1],
      constant: 0,
      contradictions: "keep",
    },
    ...Object.entries(datasets)
      .filter(([kind]) => !["teacherStudent", "moons", "xor", "separable", "circles", "mnistPair", "points"].includes(kind))
      .map(([, { examples }]) => examples[0]),
  ].map(
    (dataset): Seed => (isLabelled(dataset as DatasetDefinition) ? withPart("dataset", dataset) : ofTargets(dataset as DatasetDefinition)),
  ),
  ...Object.entries(stepRules)
    .filter(([rule]) => !["constant", "powerLaw", "marginPaced", "warmUp", "backtracking", "lineSearch", "lossBased"].includes(rule))
    .map(([, { examples }]) => withPart("arms/sign/step", examples[0])),
  withPart("network", { kind: "linear", init: { law: "normalFanIn", scale: 0.1 } }),
  withPart("network/activation", { reluPower: 1.5 }),
  withPart("network/activation", { leakyRelu: 0.1 }),
  withPart("arms/sign/optimizer", { kind: "steepest", norm: { max: ["spectral", { lp: 3 }], weights: [1, 2] }, normalized: true }),
  withPart("arms/sign/optimizer", {
    kind: "clipped",
    optimizer: {
      kind: "coupledDecay",
      optimizer: { kind: "clipped", optimizer: { kind: "signum", momentum: 0.9 }, norm: "l2", length: 1 },
      decay: 0.1,
    },
    norm: "linf",
    length: 1,
  }),
  withPart("arms/sign", {
    ...tiny.arms.sign,
    label: "sign",
    look: { color: 0, dash: 1 },
    batch: { size: 5, order: "cyclic", varianceReduced: { every: 3 } },
    stop: { steps: 3 },
    phases: [
      { when: { step: 3 }, step: { rule: "constant", size: 1 } },
      { when: "separation", optimizer: tiny.arms.sign!.optimizer },
    ],
  }),
  withPart("record", { at: [1, 2], pointsPerDecade: 4, probes: [...tiny.record.probes, normProbe] }),
  withPart("claims", [
    {
      left: { arm: "sign", probe: "margin.l2", at: "end" },
      relation: ">",
      right: { arm: "gradient", probe: "margin.l2", at: 9 },
      factor: 2,
    },
    { quantity: { arm: "sign", probe: "margin.l2", at: { peakOf: "margin.l2" } }, published: 1, within: { factor: 2 } },
    { arm: "sign", probe: "margin.l2", after: { logRiskBelow: -5 }, relation: "nondecreasing", relativeSlack: 0 },
    { best: "sign", of: "margin.l2", at: "peak", among: ["gradient"] },
    { best: "sign", of: "margin.l2", at: { logRiskBelow: -5 } },
    { arm: "sign", slopeOf: { logRisk: 1 }, from: 1, near: -0.3, within: 0.1, published: -0.3 },
    { arm: "sign", exponentOf: "margin.l2", limit: 1, from: { logRiskBelow: -5 }, near: -0.5, within: 0.1 },
  ]),
  withPart("figure", [{ probe: "margin.l2", distanceTo: 1, scale: "log", from: 0.1, published: { sign: [[1, 2]] } }]),
];

const values: readonly unknown[] = [null, -1, 0, 1.3, "", "CON", "two\nlines", [1, 1], ["logRisk", "logRisk"], {}];

/** The definition with one thing in that part changed: a value replaced or removed, a key added. */
function* mutants([root, part]: Seed): Generator<unknown> {
  const paths = (value: unknown, path: string): string[] => {
    if (typeof value !== "object" || value === null) return [path];
    return [path, ...Object.entries(value).flatMap(([key, entry]) => paths(entry, path === "" ? key : `${path}/${key}`))];
  };
  for (const path of paths(root, "").filter((one) => one !== "" && one.startsWith(part))) {
    if (!/\d$/.test(path)) yield changed(root as ExperimentDefinition, path, undefined);
    for (const value of values) yield changed(root as ExperimentDefinition, path, value);
    for (const key of ["bias", "__proto__"]) yield withKey(root, path, key);
  }
}

function withKey(root: unknown, path: string, key: string): unknown {
  const copy = structuredClone(root);
  const holder = path.split("/").reduce((inner, next) => (inner as Record<string, unknown>)[next], copy) as object;
  if (typeof holder === "object" && holder !== null && !Array.isArray(holder)) {
    Object.defineProperty(holder, key, { value: 1, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

/** Relations between parts, and checks by core: no schema of parts can express them. */
const related: readonly RegExp[] = [
  /: there is no (arm|recorded probe) "/,
  /^(claims|figure)\[\d+\].*: there is no probe "/,
  /: there is no layer \d+, the last is/,
  /: at least one layer must be trainable/,
  /: must be at most (inputDim|dataset\.trainSize|size) = /,
  /: must hold \d+ (coordinates|targets) like the first/,
  /: must hold at most \d+ entries, the rank of/,
  /: must leave trainSize \+ testSize at most/,
  /: has no value without test samples/,
  /: must hold \d+ entries, one per sample/,
  /: \w+ (is for|judges|needs) /,
  /: must be > 0 for a network of degree/,
  /: must hold (one norm per trainable layer|\d+ numbers, one per norm)/,
  /: must be at most 1 for \w+, whose decay/,
  /: differs from the arm/,
  /^claims\[\d+\].*: (must (have another arm beside it|hold an arm other than|not be what stands at left)|is the claim of claims)/,
  /: a run would take/,
  /: are missing: the files of the data set have not been read/,
  /: must be (in one class only|a label of the split|at most \d+ classes|at most the side of the images)/,
  /: must hold (\d+ entries, one per class|at most inputDim = |clusters of every class)/,
];

/** The parts of a schema that are longer than `least` characters, each with the number of times that it is written. */
function partsOf(node: unknown, least: number, parts = new Map<string, number>()): ReadonlyMap<string, number> {
  if (typeof node !== "object" || node === null) return parts;
  const text = JSON.stringify(node);
  if (text.length > least) parts.set(text, (parts.get(text) ?? 0) + 1);
  for (const entry of Object.values(node)) partsOf(entry, least, parts);
  return parts;
}

test("the JSON schema writes every longer part once, and refers to it elsewhere", () => {
  // with an optimiser written out wherever one may stand it took 496 kB instead of 200
  expect(
    [...partsOf(schema, 1100)].filter(([, times]) => times > 1).map(([text, times]) => `${times} times ${text.slice(0, 200)}`),
  ).toEqual([]);
  expect(Object.keys(schema.$defs!)).toEqual(expect.arrayContaining(["optimizer", "step", "norm", "direction", "layer"]));
});

describe("the JSON schema agrees with the command", () => {
  test.each([...seeds, ...[...catalog.values()].map(({ definition }): Seed => [definition, ""])].map(([seed], i) => [i, seed] as const))(
    "on definition %d",
    (_, seed) => {
      expect(refusals(seed)).toEqual([]);
      expect(validate(seed), ajv.errorsText(validate.errors)).toBe(true);
    },
  );

  test("on everything that differs from them in one thing, but for what relates one part to another", () => {
    const disagreements: string[] = [];
    const counts = { accepted: 0, refused: 0, related: 0 };
    const seen = new Set<string>();
    for (const seed of seeds) {
      for (const mutant of mutants(seed)) {
        const text = JSON.stringify(mutant);
        if (seen.has(text)) continue;
        seen.add(text);
        const [accepted, issues] = [isAccepted(mutant), refusals(mutant)];
        const unsayable = issues.length > 0 && issues.every((issue) => related.some((pattern) => pattern.test(issue)));
        if (accepted && issues.length === 0) counts.accepted++;
        else if (!accepted && issues.length > 0) counts.refused++;
        else if (accepted && unsayable) counts.related++;
        else
          disagreements.push(
            issues.find((issue) => !related.some((pattern) => pattern.test(issue))) ??
              `accepted, but the schema says ${ajv.errorsText(validate.errors)}: ${text.slice(0, 300)}`,
          );
      }
    }
    expect([...new Set(disagreements)]).toEqual([]);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(50);
  });
});

test("every data set, optimiser and step rule is among the definitions", () => {
  const text = JSON.stringify(seeds);
  for (const kind of [...Object.keys(optimizers), ...Object.keys(stepRules)]) expect(text).toContain(`"${kind}"`);
  for (const kind of Object.keys(datasets).filter((name) => !["xor", "separable", "circles"].includes(name)))
    expect(text).toContain(`"${kind}"`);
});

test.each([
  ["lp(1.00001)", true],
  ["lp(1.5)", true],
  ["lp(3)", true],
  ["lp(10)", true],
  ["lp(123.25)", true],
  ["lp(1e+21)", true],
  ["lp(1.5e+300)", true],
  ["max(1*spectral,0.5*lp(3))", true],
  ["lp(1)", false],
  ["lp(0.5)", false],
  ["lp(-3)", false],
  ["lp(1.0)", false],
  ["lp(1.50)", false],
  ["lp(03)", false],
  ["lp(1e-7)", false],
  ["lp(Infinity)", false],
  ["max(1*spectral,0.5*lp(1))", false],
])("the schema and the command say the same of probes of %s", (norm, isOne) => {
  const definition = { ...tiny, claims: [], figure: [], record: { ...tiny.record, probes: [`margin.${norm}`] } };
  expect({ schema: isAccepted(definition), command: refusals(definition).length === 0 }).toEqual({ schema: isOne, command: isOne });
});
