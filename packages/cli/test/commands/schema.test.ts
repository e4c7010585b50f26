import { definitionJsonSchema } from "@steepest/experiments";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";

test("schema prints one JSON Schema, phases and mini-batches included", async () => {
  const { code, stdout } = await steepest(["schema"]);
  expect(code).toBe(0);
  for (const key of ["phases", "batch", "withReplacement", "perfectAccuracy", "pool"]) expect(stdout).toContain(`"${key}"`);
  expect(JSON.parse(stdout)).toMatchObject({ type: "object", additionalProperties: false });
});

test("schema prints the JSON Schema", async () => {
  const { code, stdout } = await steepest(["schema"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(definitionJsonSchema());
});
