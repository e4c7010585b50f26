import { createHash } from "node:crypto";
import type { DatasetFiles } from "../../src/index.js";

/** Files that are kept in memory, by path: texts and bytes. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): DatasetFiles & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    images: () => Promise.reject(new Error("no images are needed here")),
    bytes: async (path) => {
      read.push(path);
      const content = contents[path];
      if (content === undefined) throw new Error(`no file ${path} is here`);
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
    },
  };
}
