import type { FileTable } from "../table/fileTable.js";
import type { NamedBytes } from "../table/format.js";
import { flagged } from "../table/rows.js";
import { npyArray } from "./npyArray.js";

/** An array of NumPy as a table, as `npy` says. @throws DataError */
export function npyTable({ name, bytes }: NamedBytes, most: number): FileTable {
  const array = npyArray(name, bytes, most);
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
