import { mostBytes } from "../check/bound.js";
import type { Format } from "../table/format.js";
import { isZip } from "../zip/magic.js";

/**
 * Several arrays of NumPy in an archive, as `numpy.savez` and `numpy.savez_compressed` write it. The samples are one array; every other array with one value
 * per sample is a column of its name behind those of the samples, from which a label may be chosen.
 */
export const npz: Format = {
  id: "npz",
  title: "an archive of NumPy (.npz)",
  extensions: ["npz"],
  recognises: ({ bytes }) => isZip(bytes),
  read: async (file, options) => (await import("./npzTable.js")).npzTable(file, options.mostBytes ?? mostBytes, options.array),
};
