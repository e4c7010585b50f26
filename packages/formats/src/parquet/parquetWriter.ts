import { hasGaps, rowsOf, type TableWriter, valueAt } from "../write/column.js";

/** Rows of a group: what a reader unpacks at once. */
const rowGroupSize = 65_536;

/**
 * Parquet: numbers as DOUBLE, texts as STRING, a missing value as null. No dictionary, in which -0 and 0 would be one value, and no statistics: readers leave out
 * groups of rows by them, and do not agree where NaN stands in the order.
 */
export const parquetWriter: TableWriter = {
  id: "parquet",
  title: "Apache Parquet (.parquet)",
  extension: "parquet",
  write: async (columns) => {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    const rows = rowsOf(columns);
    const columnData = columns.map((column) => {
      const { name, values } = column;
      const nullable = hasGaps(column);
      const data = nullable ? Array.from({ length: rows }, (_, row) => valueAt(column, row) ?? null) : values;
      const type = values instanceof Float64Array ? ("DOUBLE" as const) : ("STRING" as const);
      return { name, type, nullable, data: data as Float64Array | string[], encoding: "PLAIN" as const };
    });
    return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize, statistics: false }));
  },
};
