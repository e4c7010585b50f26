import type { Format } from "../table/format.js";

/** Images in an IDX file of unsigned bytes, with their labels in another. Of two dimensions: rows of bytes that are no images; of one: single bytes. */
export const idx: Format = {
  id: "idx",
  title: "an IDX file",
  extensions: ["idx", "idx1-ubyte", "idx3-ubyte", "idx1", "idx3"],
  recognises: ({ bytes: [a, b, c, d] }) => a === 0 && b === 0 && c !== undefined && c >= 8 && c <= 14 && d !== undefined && d > 0 && d < 32,
  read: async (file, options) => (await import("./idxTable.js")).idxTable(file, options),
};
