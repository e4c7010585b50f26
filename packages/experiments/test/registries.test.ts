import * as core from "@steepest/core";
import { expect, test } from "vitest";
import { layerKinds, networks, optimizers, stepRules } from "../src/index.js";

test.each([
  ["optimizers", core.optimizers, optimizers],
  ["step rules", core.stepRules, stepRules],
  ["networks", core.networks, networks],
  ["layers", core.layerKinds, layerKinds],
])("a definition can name all %s of the core, and in no other order", (_, registry, choices) => {
  expect(Object.keys(choices)).toEqual(Object.keys(registry));
});
