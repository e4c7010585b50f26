import { canonicalJson, DataError, DefinitionError } from "@steepest/core";
import { type DatasetFiles, datasetMember, type HashedBytes } from "../dataset.js";
import { bytesAt, pathsOf } from "./part.js";
import { preparedShape } from "./prepare.js";
import { dividedRows, drawnSamples, fileSamples, preparedParts } from "./samples.js";
import { type FileChoice, type FileFacts, fileSchema } from "./schema.js";

/** The facts of a definition whose files have been read. @throws DefinitionError */
function factsOf({ facts }: Pick<FileChoice, "facts">): FileFacts {
  if (facts) return facts;
  throw DefinitionError.at("dataset.facts", "are missing: the files have not been read", { hint: "resolveDefinition reads them" });
}

/** Every path of a data set, in the order in which they are read. */
const pathsReadBy = (choice: Pick<FileChoice, "path" | "labels" | "test">): readonly string[] => {
  const { test } = choice;
  return [...new Set([...pathsOf(choice), ...(test && "path" in test ? pathsOf(test) : [])])];
};

/** Facts about the files of a data set. @throws DataError  if they are not what they should be, or others than the definition says */
async function resolved(choice: FileChoice, files: DatasetFiles): Promise<FileChoice> {
  const hashes: [string, string][] = [];
  for (const path of pathsReadBy(choice)) hashes.push([path, (await bytesAt(files, path)).sha256]);
  if (choice.facts) requireSame("sha256", choice.facts.sha256, Object.fromEntries(hashes));
  const samples = await fileSamples(choice, files);
  const { columns, image, groups, trainRows, testRows, share, targets } = samples;
  const shape = preparedShape({ inputDim: columns.length, image }, choice.prepare ?? []) ?? (await shapeOfSamples(choice, samples));
  const facts: FileFacts = {
    trainSize: trainRows.length - share,
    testSize: share > 0 ? share : testRows.length,
    inputDim: shape.inputDim,
    ...(samples.leftOut > 0 && { leftOut: samples.leftOut }),
    ...(groups && groups.length > 2 && { classes: groups.length }),
    ...(groups ? { labels: groups.map((group) => (group.length === 1 ? group[0]! : group)) } : { outputs: targets.length }),
    ...(shape.image && { image: shape.image }),
    sha256: Object.fromEntries(hashes),
  };
  for (const key of Object.keys({ ...facts, ...choice.facts }) as (keyof FileFacts)[])
    if (choice.facts) requireSame(key, choice.facts[key], facts[key]);
  return { ...choice, facts };
}

/** The shape of samples that decide it themselves. A share of them is held out, whichever, since all of them decide. */
async function shapeOfSamples(choice: FileChoice, samples: Awaited<ReturnType<typeof fileSamples>>) {
  return preparedParts(
    choice,
    samples,
    dividedRows(samples, (rows, count) => rows.slice(-count)),
  );
}

function requireSame(key: string, written: unknown, found: unknown): void {
  if (canonicalJson(written ?? null) === canonicalJson(found ?? null)) return;
  throw DataError.at(
    `dataset.facts.${key}`,
    `the files have ${JSON.stringify(found) ?? "none"}, the definition says ${JSON.stringify(written) ?? "none"}`,
    {
      value: written,
      hint: "the files are others than those that the definition is about: put them back, or leave facts out",
    },
  );
}

/** The files of a host, each of which must be the one that the facts are about. */
const unchanged = (files: DatasetFiles, { sha256 }: FileFacts): DatasetFiles => ({
  ...files,
  bytes: async (path): Promise<HashedBytes> => {
    const found = await bytesAt(files, path);
    if (found.sha256 === sha256[path]) return found;
    throw DataError.at(path, `has the SHA-256 ${found.sha256}, the definition is about ${sha256[path]}`, {
      value: found.sha256,
      hint: "the file has changed since the definition was read: run it again, or put the file back",
    });
  },
});

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
  resolve: resolved,
  build:
    (options) =>
    async (seed, { kernels, files }) => {
      const choice: FileChoice = { kind: "file", ...options };
      const facts = factsOf(choice);
      const drawn = await drawnSamples(choice, seed, unchanged(files, facts), kernels);
      const { inputDim } = drawn.train;
      if (inputDim === facts.inputDim) return drawn;
      throw DataError.at("dataset.prepare", `leaves ${inputDim} coordinates under the seed ${seed}, and ${facts.inputDim} before`, {
        value: inputDim,
        hint: "dropConstant before the steps that look at training samples",
      });
    },
});
