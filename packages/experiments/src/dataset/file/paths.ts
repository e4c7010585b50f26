import type { FileChoice, FilePart } from "./schema.js";

/**
 * The paths of a part, in the order in which they are read.
 *
 * @param part  as the definition has it
 * @returns paths as they are written
 */
export const pathsOf = ({ path, labels }: FilePart): readonly string[] => [
  ...(typeof path === "string" ? [path] : path),
  ...(labels === undefined ? [] : [labels]),
];

/**
 * Every path of a data set, in the order in which they are read.
 *
 * @param choice  the data set
 * @returns paths as they are written, each once
 */
export const pathsReadBy = (choice: Pick<FileChoice, "path" | "labels" | "test">): readonly string[] => {
  const { test } = choice;
  return [...new Set([...pathsOf(choice), ...(test && "path" in test ? pathsOf(test) : [])])];
};
