import { optionName } from "./optionName.js";

/** Names on the page of the numbers of data sets, by their keys. */
export const dataFields: Readonly<Record<string, string>> = {
  trainSize: "samples",
  noise: "noise",
  constant: "bias coordinate",
  inputDim: "dimension",
  teacherWidth: "teacher's units",
  nonzerosPerNeuron: "nonzeros per unit",
  minTeacherScore: "least |teacher score|",
};

/** Paths of a definition with their place in the setup, if that is another one. */
const moved: readonly (readonly [RegExp, string])[] = [
  [/^dataset\b/, "data"],
  [/^network\.(init|activation)\b/, "$1"],
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
  "init.scale": "init scale",
  "activation.leakyRelu": "slope below 0",
  "activation.reluPower": "power",
  "data.inputs": "points",
  "data.labels": "points",
};

/** The name of the field at a path, with the optimiser's name where every optimiser has one; undefined where no field is known. */
export function fieldLabel(path: string, armNames: readonly string[]): string | undefined {
  const place = fieldPath(path);
  const [room, arm, ...keys] = place.split(".");
  if (room === "data" && dataFields[arm!]) return dataFields[arm!];
  if (room !== "arms") return setupFields[place];
  const key = keys.find((one) => one === "norm") ?? keys.at(-1);
  const name = armNames[Number(arm?.replace("arm", "")) - 1];
  return key === undefined || name === undefined ? undefined : `${name}: ${optionName(key)}`;
}
