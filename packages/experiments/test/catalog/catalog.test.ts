import { describe, expect, test } from "vitest";
import { catalog, definitionJsonSchema, parseDefinition, probes } from "../../src/index.js";

const entries = [...catalog].map(([id, entry]) => ({ id, ...entry }));

test("the catalog holds the paper's figures and our own experiments under distinct ids", () => {
  const shipped = [
    "mnist-3v6",
    "teacher-student",
    "teacher-student-small",
    "switching",
    "adam-switch-3v6",
    "adam-switch-2v7",
    "batch-size",
    "shampoo-spectral",
    "mnist-2v7",
    "init-and-step-size",
    "init-and-step-size-gradient",
    "cifar-pair",
    "which-muon",
    "deep-2",
    "deep-3",
    "deep-4",
    "deep-5",
    "cnn-3v6",
    "one-third",
    "one-third-batches",
    "simplicity-patch",
    "simplicity-mixture",
    "multiclass-linear",
    "matrix-sensing",
    "global-margin-8",
    "global-margin-32",
    "global-margin-128",
    "activations-leaky-relu",
    "activations-squared-relu",
    "activations-abs",
    "activations-elu",
    "activations-silu",
    "kkt-2",
    "kkt-3",
    "kkt-4",
    "kkt-squared",
  ];
  expect([...catalog.keys()].filter((id) => shipped.includes(id))).toEqual(shipped); // others may stand anywhere
  for (const { id, definition } of entries) expect(definition.id).toBe(id);
});

describe.each(entries)("$id", ({ definition, quick }) => {
  test("passes its own checks and comes back unchanged", () => expect(parseDefinition(definition)).toEqual(definition));

  test("survives JSON", () => expect(parseDefinition(JSON.parse(JSON.stringify(definition)))).toEqual(definition));

  test("passes in its quick form as well, which is shorter", () => {
    const shortened = parseDefinition({ ...definition, ...quick });
    expect(shortened.seeds.length).toBeLessThan(definition.seeds.length);
    expect(shortened.stop.steps ?? 0).toBeLessThanOrEqual(definition.stop.steps ?? Infinity);
  });

  test("claims something about arms and probes that exist", () => {
    expect(definition.claims.length).toBeGreaterThan(0);
    const text = JSON.stringify(definition.claims);
    const named = (key: string) => [...text.matchAll(new RegExp(`"${key}":"([^"]+)"`, "g"))].map((match) => match[1]!);
    for (const arm of [...named("arm"), ...named("best")]) expect(Object.keys(definition.arms)).toContain(arm);
    for (const probe of [...named("probe"), ...named("of"), ...named("peakOf"), ...named("exponentOf")]) {
      expect(definition.record.probes).toContain(probe);
      expect([...probes.keys()]).toContain(probe);
    }
  });

  test("says where it comes from and asks a question", () => {
    expect(definition.source.length).toBeGreaterThan(10);
    expect(definition.question).toMatch(/\?$/);
  });
});

test("a claim of the figure is read at the step where the quick form ends", () => {
  const { definition, quick } = catalog.get("mnist-3v6")!;
  const steps = JSON.stringify(definition.claims)
    .match(/"at":\d+/g)!
    .map((text) => Number(text.slice(5)));
  expect(Math.max(...steps)).toBe(quick.stop!.steps);
  for (const step of steps) expect(definition.record.at).toContain(step);
});

test("the JSON schema names every field, requires what decides a row, and allows no other", () => {
  const schema = definitionJsonSchema() as { properties: object; required: string[]; additionalProperties: boolean };
  const fields = ["id", "source", "question", "dataset", "network", "loss", "arms", "seeds", "stop", "record", "claims", "figure"];
  const presentation = ["source", "question", "claims", "figure"];
  expect(Object.keys(schema.properties)).toEqual(["$schema", ...fields]);
  expect(schema.required).toEqual(fields.filter((field) => !presentation.includes(field)));
  expect(schema.additionalProperties).toBe(false);
  expect(JSON.stringify(schema)).toContain("marginPaced");
});
