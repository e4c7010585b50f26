import { isSteepestError } from "@steepest/core";
import { type DatasetDefinition, datasets, filesReadBy, type ImageCollection } from "@steepest/experiments";
import { imageFolders, inputFiles, missingFiles } from "../imageFiles.js";
import type { Finding } from "./finding.js";

/** The collections of images that the examples of data sets read. */
function collections(): readonly ImageCollection[] {
  const examples = Object.values(datasets).flatMap((member): readonly DatasetDefinition[] => member.examples as never);
  const all = examples.flatMap(filesReadBy);
  return [...new Map(all.map((collection) => [collection.id, collection])).values()];
}

/** Every collection of images: its files, each read to its end, or the way to name their folder. */
export const dataFindings = (): Promise<readonly Finding[]> => Promise.all(collections().map(collectionFinding));

async function collectionFinding(collection: ImageCollection): Promise<Finding> {
  const { title: subject, variable } = collection;
  if (missingFiles([collection]) !== undefined) {
    return { subject, state: "absent", found: "not here", hint: `set ${variable} to the folder that holds its files` };
  }
  try {
    const images = imageFolders([collection]);
    const files = Object.keys(await inputFiles({ images, base: process.cwd() }).hashes(collection));
    return { subject, state: "ok", found: `${files.length} files in ${images[collection.id]}` };
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    return { subject, state: "problem", found: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
  }
}
