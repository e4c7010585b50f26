import { datasetSizes, homogeneityNote, trainOptions } from "@steepest/experiments";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultSetup } from "../../src/setup/defaults.js";
import { definitionOf, runsOfSetup } from "../../src/setup/definition.js";
import { isMeasured, matricesOf, onData } from "../../src/setup/network.js";
import { runs } from "../fuzz.js";
import { anySetup } from "./anySetup.js";

test("the matrices of a setup are the blocks of its network, and it is measured where that is not homogeneous", () => {
  fc.assert(
    fc.property(anySetup, (setup) => {
      const { data } = setup;
      if (data.kind === "dropped") return;
      const { inputDim, classes } = datasetSizes(data);
      const samples = { inputs: new Float64Array(2 * inputDim), labels: classes ? [0, 1] : [-1, 1], inputDim, ...(classes && { classes }) };
      const { network } = trainOptions(runsOfSetup(setup)[0]!, samples, undefined);
      const matrices = matricesOf(setup, data).map(({ rows, columns }) => [rows, columns]);
      expect(matrices).toEqual(network.layout.blocks.map(({ outputs, inputs }) => [outputs, inputs]));
      expect(isMeasured(setup)).toBe(!network.isHomogeneous);
      expect(homogeneityNote(definitionOf(setup)) !== undefined).toBe(isMeasured(setup));
    }),
    runs(100),
  );
});

test("convolutions become dense layers on data that are no images", () => {
  const cnn = { ...defaultSetup, data: { kind: "mnistPair", digits: [3, 6], trainSize: 20 }, filter: 5 } as const;
  expect(onData(cnn, { ...cnn.data, trainSize: 40 }).filter).toBe(5);
  expect(onData(cnn, defaultSetup.data)).toEqual(defaultSetup);
});
