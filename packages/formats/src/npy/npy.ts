import { mostBytes } from "../check/bound.js";
import type { Format } from "../table/format.js";
import { isNpy } from "./isNpy.js";

/** One array of NumPy: samples by its first dimension; of three dimensions images, of four images of several channels. */
export const npy: Format = {
  id: "npy",
  title: "an array of NumPy (.npy)",
  extensions: ["npy"],
  recognises: ({ bytes }) => isNpy(bytes),
  read: async (file, options) => (await import("./npyTable.js")).npyTable(file, options.mostBytes ?? mostBytes),
};
