import { mostBytes } from "../check/bound.js";
import type { FileTable } from "../table/fileTable.js";
import type { Format } from "../table/format.js";
import { flagged } from "../table/rows.js";
import { isNpy } from "./header.js";
import { type NpyArray, npyArray } from "./npyArray.js";

/** One array of NumPy: samples by its first dimension; of three dimensions images, of four images of several channels. */
export const npy: Format = {
  id: "npy",
  title: "an array of NumPy (.npy)",
  extensions: ["npy"],
  recognises: ({ bytes }) => isNpy(bytes),
  read: async ({ name, bytes }, options) => tableOf(npyArray(name, bytes, options.mostBytes ?? mostBytes)),
};

function tableOf(array: NpyArray): FileTable {
  const { rows, columns, image } = array;
  return {
    format: "npy",
    rows,
    columns,
    inputs: Array.from({ length: columns }, (_, column) => column),
    ...(image && { image }),
    remarks: [],
    nameOf: () => "",
    kindOf: () => array.kind,
    numbers: async (wanted, chosen) => array.numbers(wanted, chosen),
    values: async (column, chosen) => array.values(column, chosen),
    incomplete: async (wanted) => {
      const flags = new Uint8Array(rows);
      for (const column of wanted) array.flagIncomplete(column, flags);
      return flagged(flags);
    },
    placeOf: (row) => `row ${row} (counted from 0)`,
  };
}
