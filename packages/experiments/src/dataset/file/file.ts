import { DefinitionError } from "@steepest/core";
import { datasetMember } from "../dataset.js";
import { pathsReadBy } from "./paths.js";
import { type FileChoice, type FileFacts, fileSchema } from "./schema.js";

/** The facts of a definition whose files have been read. @throws DefinitionError */
function factsOf({ facts }: Pick<FileChoice, "facts">): FileFacts {
  if (facts) return facts;
  throw DefinitionError.at("dataset.facts", "are missing: the files have not been read", { hint: "resolveDefinition reads them" });
}

/** The code that reads files, loaded with the first of them: pages read none by a path. */
const reading = () => import("./reading.js");

/** Samples in files: tables, arrays, images. */
export const file = datasetMember({
  schema: fileSchema,
  title: "files",
  summary: "your own data: CSV, npy, npz, IDX, CIFAR-10, libsvm or Parquet files, see docs/data.md",
  examples: [
    {
      kind: "file",
      path: "sonar.csv",
      label: "class",
      classes: ["rock", "mine"],
      test: { share: 0.2 },
      prepare: ["standardize"],
      facts: { trainSize: 166, testSize: 42, inputDim: 60, labels: ["rock", "mine"], sha256: { "sonar.csv": "00".repeat(32) } },
    },
  ],
  sizes: (choice) => {
    const { trainSize, testSize, inputDim, classes, outputs, image } = factsOf(choice);
    return {
      trainSize,
      testSize,
      inputDim,
      ...(classes !== undefined && { classes }),
      ...(outputs !== undefined && { outputs }),
      ...(image && { image: { channels: image.channels, height: image.height, width: image.width } }),
      isDense: false,
      drawBytes: 2 * 8 * (trainSize + testSize) * inputDim,
    };
  },
  files: () => [],
  paths: pathsReadBy,
  resolve: async (choice, files) => (await reading()).resolved(choice, files),
  build:
    (options) =>
    async (seed, { kernels, files }) => {
      const choice: FileChoice = { kind: "file", ...options };
      const facts = factsOf(choice);
      return (await reading()).drawn(choice, facts, seed, { kernels, files });
    },
});
