import { canonicalJson, DataError } from "@steepest/core";
import type { DatasetFiles, DatasetHost, DrawnData, HashedBytes } from "../dataset.js";
import { bytesAt } from "./part.js";
import { pathsReadBy } from "./paths.js";
import { preparedShape } from "./prepare.js";
import { dividedRows, drawnSamples, fileSamples, preparedParts } from "./samples.js";
import type { FileChoice, FileFacts } from "./schema.js";

/**
 * A data set with facts about its files.
 *
 * @param choice  as its schema reads it
 * @param files   of the host
 * @returns the data set, facts included
 * @throws DataError  if the files are not what they should be, or others than the definition says
 */
export async function resolved(choice: FileChoice, files: DatasetFiles): Promise<FileChoice> {
  const hashes: [string, string][] = [];
  for (const path of pathsReadBy(choice)) hashes.push([path, (await bytesAt(files, path)).sha256]);
  if (choice.facts) requireSame("sha256", choice.facts.sha256, Object.fromEntries(hashes));
  const samples = await fileSamples(choice, files);
  const { columns, coded, image, groups, trainRows, testRows, share, targets } = samples;
  const inputDim = coded.reduce((sum, { values }) => sum + values.length, columns.length);
  const shape = preparedShape({ inputDim, image }, choice.prepare ?? []) ?? (await shapeOfSamples(choice, samples));
  const facts: FileFacts = {
    trainSize: trainRows.length - share,
    testSize: share > 0 ? share : testRows.length,
    inputDim: shape.inputDim,
    ...(samples.leftOut > 0 && { leftOut: samples.leftOut }),
    ...(groups && groups.length > 2 && { classes: groups.length }),
    ...(groups ? { labels: groups.map((group) => (group.length === 1 ? group[0]! : group)) } : { outputs: targets.length }),
    ...(shape.image && { image: shape.image }),
    ...(coded.length > 0 && { oneHot: coded.map(({ values }) => values) }),
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

/**
 * The samples that a seed draws of files.
 *
 * @param choice  the data set
 * @param facts   of its files, which must be those that are read
 * @param seed    of the run
 * @param host    its files and kernels
 * @returns training and test samples
 * @throws DataError  if a file is not what it should be, or another than the facts say
 */
export async function drawn(choice: FileChoice, facts: FileFacts, seed: number, { kernels, files }: DatasetHost): Promise<DrawnData> {
  const samples = await drawnSamples(choice, seed, unchanged(files, facts), kernels);
  const { inputDim } = samples.train;
  if (inputDim === facts.inputDim) return samples;
  throw DataError.at("dataset.prepare", `leaves ${inputDim} coordinates under the seed ${seed}, and ${facts.inputDim} before`, {
    value: inputDim,
    hint: "dropConstant before the steps that look at training samples",
  });
}
