import { expect, test } from "vitest";
import { DefinitionError, linear, recipeOf } from "../../src/index.js";

test("the linear model with a bias is homogeneous of degree 1 in weights and bias together, on fewer columns too", () => {
  const model = linear({ inputDim: 3, outputs: 2, bias: true });
  expect([model.kind, model.degree, model.isHomogeneous, model.outputs]).toEqual(["linear", 1, true, 2]);
  expect(model.layout.blocks.map(({ outputs, inputs, group }) => [outputs, inputs, group])).toEqual([
    [2, 3, 0],
    [2, 1, 0],
  ]);
  expect(model.withInputDim!(2).layout.totalCount).toBe(2 * 2 + 2);
  expect(recipeOf(model)).toEqual({ factory: "linear", args: [{ inputDim: 3, outputs: 2, bias: true }] });
  expect(linear({ inputDim: 3 }).layout.totalCount).toBe(3);
  expect(() => linear({ inputDim: 3, bias: 1 as never })).toThrow(DefinitionError);
});
