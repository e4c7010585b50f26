import { DataError, DefinitionError } from "../error/errors.js";
import type { Loss } from "../loss/loss.js";
import type { SupervisedData } from "../network/data.js";
import type { Network } from "../network/network.js";
import { headOf } from "./registry.js";

/** Scores per sample; 1 for a network that does not say. */
export function outputsOf({ outputs = 1 }: Partial<Pick<Network, "outputs">>): number {
  return outputs;
}

/**
 * Checks that network, data and loss fit each other.
 *
 * @param network   the network
 * @param data      checked
 * @param testData  checked, if there is any
 * @param loss      the loss
 * @throws DefinitionError  if the network gives another number of scores than the data needs, or the loss is of margins, which targets do not have
 * @throws DataError        if the test data is of another kind
 */
export function checkFit(network: Network, data: SupervisedData, testData: SupervisedData | undefined, loss: Loss): void {
  const head = headOf(data);
  const [outputs, wanted] = [outputsOf(network), head.outputs(data)];
  if (outputs !== wanted) {
    throw DefinitionError.at("network", `gives ${scores(outputs)} per sample, expected ${wanted} for ${head.describe(data)}`, {
      value: outputs,
      hint: outputsHint(outputs, wanted),
    });
  }
  if (loss.sees !== "targets" && !head.hasMargins) {
    throw DefinitionError.at("loss", `${loss.id} is a loss of margins, which data with ${head.describe(data)} does not have`, {
      value: loss.id,
      hint: "use losses.squared, or give labels",
    });
  }
  if (testData === undefined) return;
  const testHead = headOf(testData);
  if (testHead === head && head.outputs(testData) === wanted) return;
  throw DataError.at("testData", `has ${testHead.describe(testData)}, expected ${head.describe(data)} as data`, {
    value: testHead.outputs(testData),
    hint: "give both the same classes or outputs",
  });
}

function scores(count: number): string {
  return count === 1 ? "1 score" : `${count} scores`;
}

function outputsHint(outputs: number, wanted: number): string {
  const network = `end its widths with ${wanted}, as mlp({ widths: [..., ${wanted}] }), or use linear({ inputDim, outputs: ${wanted} })`;
  return wanted === 1 && outputs > 1
    ? `${network}; for ${outputs} classes count labels from 0 and set classes: ${outputs} in the data`
    : network;
}
