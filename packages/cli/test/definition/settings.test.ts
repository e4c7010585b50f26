import { join } from "node:path";
import { catalog, parseDefinition } from "@steepest/experiments";
import { expect, test } from "vitest";
import { loadDefinition } from "../../src/definition/settings.js";
import { messagesOf } from "../support/messagesOf.js";
import { folderWith } from "../support/study.js";

/** [catalog id, arm, key of its step, another value than the entry has] */
const changes = [...catalog].flatMap(([id, { definition }]) =>
  Object.entries(definition.arms).flatMap(([arm, { step }]) =>
    Object.entries(step).flatMap(([key, value]) => (typeof value === "number" ? [[id, arm, key, value / 2] as const] : [])),
  ),
);

test.each(changes)("%s --set arms.%s.step.%s=%d changes that arm and no other", (id, arm, key, value) => {
  const { definition } = catalog.get(id)!;
  const before = parseDefinition(definition).arms;
  const { arms } = loadDefinition(id, { set: [`arms.${arm}.step.${key}=${value}`], seeds: [] });
  expect(arms).toEqual({ ...before, [arm]: { ...before[arm], step: { ...before[arm]!.step, [key]: value } } });
});

test("an error names the arm whose field was set", () => {
  const set = ["arms.spectral.step.c=0"];
  expect(() => loadDefinition("teacher-student", { set, seeds: [] })).toThrow("arms.spectral.step.c: must be finite and > 0, got 0");
});

test.each([
  ["arms.sign.step.c=1e999", "arms.sign.step.c: 1e999 in line 1 is beyond the largest double", "arms.sign.step.c"],
  ['arms.sign.step={"rule":"marginPaced","c":1e-400}', "arms.sign.step.c: 1e-400 in line 1 is nearer to 0", "arms.sign.step.c"],
  ["seeds=[0,1e999]", "seeds[1]: 1e999 in line 1", "seeds[1]"],
  ['arms.sign.step={"c":1,"c":2}', "arms.sign.step.c: stands twice", "arms.sign.step.c"],
])("--set %s is refused with the path in the definition", (assignment, message, path) => {
  const load = () => loadDefinition("teacher-student", { set: [assignment], seeds: [] });
  expect(load).toThrow(message);
  expect(load).toThrow(expect.objectContaining({ path }));
});

test("a key that stands twice in a value is refused; a text that only looks like JSON is a text", () => {
  const path = join(folderWith(), "tiny.json");
  const load = (...set: string[]) => loadDefinition(path, { set, seeds: [] });
  expect(messagesOf(() => load('arms.sign.step={"rule":"constant","size":1,"size":2}'))).toEqual([
    "arms.sign.step.size: stands twice in --set arms.sign.step, in line 1",
  ]);
  expect(load("arms.sign.label=[beta] {run").arms.sign?.label).toBe("[beta] {run");
});
