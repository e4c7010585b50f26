import { type DatasetDefinition, type DatasetFiles, pathsReadBy, resolveDefinition } from "../../src/index.js";
import { imageFiles } from "./imageSet.js";
import { memoryFiles } from "./memoryFiles.js";

const rows = Array.from({ length: 15 }, (_, i) => `${(7 * i) % 11},${(5 * i * i) % 13},${100 + i},${i % 2 === 0 ? "even" : "odd"}\n`);

/** Images of any collection, and a table of 15 samples. */
export const files: DatasetFiles = { ...memoryFiles({ "own.csv": `a,b,c,class\n${rows.join("")}` }), images: imageFiles.images };

const { dataset } = (await resolveDefinition(
  { dataset: { kind: "file", path: "own.csv", label: "class", test: { share: 0.4 }, prepare: ["standardize"] } },
  files,
)) as { readonly dataset: DatasetDefinition };

/** The example of a data set, or the table in place of an example of a file that is not here. */
export const exampleDataset = (example: DatasetDefinition): DatasetDefinition => (pathsReadBy(example).length > 0 ? dataset : example);
