import type { FileTable } from "../table/fileTable.js";
import type { NamedBytes } from "../table/format.js";
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
    numbers: async (wanted) => array.numbers(wanted),
    values: async (column) => array.values(column),
    placeOf: (row) => `row ${row} (counted from 0)`,
  };
}
