import { datasets } from "@steepest/experiments";
import { optionName } from "./optionName.js";

/** Names on the page of numbers of data sets, by their keys, where those are others than the keys in words. */
const dataNames: Readonly<Record<string, string>> = {
  trainSize: "samples",
  noise: "noise",
  constant: "bias coordinate",
  inputDim: "dimension",
  teacherWidth: "teacher's units",
  nonzerosPerNeuron: "nonzeros per unit",
  minTeacherScore: "least |teacher score|",
};

/** The keys of the numbers of a data set that the page asks for; it draws no test samples. */
export function dataNumbers(data: object): string[] {
  return Object.entries(data).flatMap(([key, value]) => (typeof value === "number" && key !== "testSize" ? [key] : []));
}

const askedFor: ReadonlySet<string> = new Set(Object.values(datasets).flatMap(({ examples }) => dataNumbers(examples[0])));

/** The name on the page of a number of data sets; undefined where the page does not ask for it. */
export const dataFieldName = (key: string): string | undefined => (askedFor.has(key) ? (dataNames[key] ?? optionName(key)) : undefined);

/** Paths of a definition with their place in the setup, if that is another one. */
const moved: readonly (readonly [RegExp, string])[] = [
  [/^dataset\b/, "data"],
  [/^network\.(init|activation)\b/, "$1"],
  [/^network\.layers\[\d+\]\.(units|channels)\b/, "width"],
  [/^network\.layers\[\d+\]\.size\b/, "filter"],
  [/^network\.layers\[\d+\]/, "activation"],
  [/^(arms\.arm\d)\.stop\.logRiskBelow$/, "$1.freezeBelow"],
];

/** The path of the page's field for the path of an error of the setup or of its definition. */
export const fieldPath = (path: string): string => moved.reduce((text, [pattern, there]) => text.replace(pattern, there), path);

/** True for an error about a field, or about a part of the value that the field sets. */
export const isAbout = (path: string, field: string): boolean => {
  const place = fieldPath(path);
  return place === field || place.startsWith(`${field}.`) || place.startsWith(`${field}[`);
};

/** Names on the page of the other fields, by their paths. */
export const setupFields: Readonly<Record<string, string>> = {
  width: "width",
  depth: "hidden layers",
  steps: "steps at most",
  seed: "seed",
  filter: "side of filters",
  bias: "biases",
  "init.scale": "init scale",
  "activation.leakyRelu": "slope below 0",
  "activation.reluPower": "power",
  "activation.elu": "size below 0",
  "data.inputs": "points",
  "data.labels": "points",
};

/** The name of the field at a path, with the optimiser's name where every optimiser has one; undefined where no field is known. */
export function fieldLabel(path: string, armNames: readonly string[]): string | undefined {
  const place = fieldPath(path);
  const [room, arm, ...keys] = place.split(".");
  if (room !== "arms") return (room === "data" ? dataFieldName(String(arm)) : undefined) ?? setupFields[place];
  const key = keys.find((one) => one === "norm") ?? keys.at(-1);
  const name = armNames[Number(arm?.replace("arm", "")) - 1];
  return key === undefined || name === undefined ? undefined : `${name}: ${optionName(key)}`;
}
