import { datasetSizes, isGiven } from "@steepest/experiments";
import { activationKind, activationNames, dataNames } from "./choices.js";
import { dataFieldName, dataNumbers, setupFields } from "./fieldPath.js";
import type { RaceSetup } from "./raceSetup.js";

/** Summary of a race in words of the page: the data, the network, the loss, the seed. */
export function summaryOf(setup: RaceSetup): string[] {
  const { data, depth, init, loss, reduction, seed } = setup;
  const numbers = dataNumbers(data).map((key) => `${dataFieldName(key)} ${data[key as keyof typeof data]}`);
  const about =
    data.kind === "dropped" ? [data.name] : "trainSize" in data ? numbers : [`${datasetSizes(data).trainSize} points`, ...numbers];
  return [
    [dataNames[data.kind], ...about].join(", "),
    `${depth === 0 ? `linear${setup.bias ? " with a bias" : ""}` : layersText(setup)}, ${startText(init)}`,
    `${loss} loss, ${reduction}`,
    `seed ${seed}`,
  ];
}

/** "init scale 0.5", "from start.safetensors", "from start.safetensors times 0.5" */
function startText(init: RaceSetup["init"]): string {
  if (!isGiven(init)) return `${setupFields["init.scale"]} ${init.scale}`;
  return `from ${init.file}${init.scale === undefined ? "" : ` times ${init.scale}`}`;
}

function layersText(setup: RaceSetup): string {
  const { width, depth, bias, filter } = setup;
  const plural = depth === 1 ? "" : "s";
  const layers =
    filter === undefined
      ? `${depth} hidden layer${plural} of ${width} units`
      : `${depth} convolution${plural} of ${width} channels, ${filter} x ${filter}, each before max-pooling`;
  const biases = bias === undefined ? "" : bias === "every" && depth > 1 ? ", biases in every one" : ", bias in the first";
  return `${layers}, ${activationText(setup)}${biases}`;
}

function activationText({ activation }: RaceSetup): string {
  const kind = activationKind(activation);
  const [number] = typeof activation === "string" ? [] : Object.values(activation);
  const name = activationNames.find(([, choice]) => activationKind(choice) === kind)![0];
  return number === undefined ? name : `${name} (${number})`;
}
