import { expect, test } from "vitest";
import { isWeightsFile } from "../../src/data/isWeightsFile.js";

test("a file that can hold nothing but weights is told by its name", () => {
  expect(["w.safetensors", "W.SafeTensors", "w.npz", "w.csv"].map((name) => isWeightsFile({ name }))).toEqual([true, true, false, false]);
});
