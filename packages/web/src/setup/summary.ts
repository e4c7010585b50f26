import { datasetSizes } from "@steepest/experiments";
import { activationKind, activationNames, dataNames } from "./choices.js";
import { dataFieldName, dataNumbers, setupFields } from "./fieldPath.js";
import type { RaceSetup } from "./raceSetup.js";

/** Summary of a race in words of the page: the data, the network, the loss, the seed. */
export function summaryOf(setup: RaceSetup): string[] {
  const { data, width, depth, init, loss, reduction, seed } = setup;
  const numbers = dataNumbers(data).map((key) => `${dataFieldName(key)} ${data[key as keyof typeof data]}`);
  const about = data.kind === "file" ? [data.name] : "trainSize" in data ? numbers : [`${datasetSizes(data).trainSize} points`, ...numbers];
  const layers = `${depth} hidden ${depth === 1 ? "layer" : "layers"} of ${width} units, ${activationText(setup)}${setup.bias ? ", bias in the first" : ""}`;
  return [
    [dataNames[data.kind], ...about].join(", "),
    `${depth === 0 ? "linear" : layers}, ${setupFields["init.scale"]} ${init.scale}`,
    `${loss} loss, ${reduction}`,
    `seed ${seed}`,
  ];
}

function activationText({ activation }: RaceSetup): string {
  const kind = activationKind(activation);
  const [number] = typeof activation === "string" ? [] : Object.values(activation);
  const name = activationNames.find(([, choice]) => activationKind(choice) === kind)![0];
  return number === undefined ? name : `${name} (${number})`;
}
