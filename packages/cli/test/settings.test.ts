import { catalog, parseDefinition } from "@steepest/experiments";
import { expect, test } from "vitest";
import { loadDefinition } from "../src/definition/settings.js";

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
