import { mostBytes } from "../check/bound.js";
import type { Format } from "../table/format.js";

/** A table in Parquet, by columns: numbers, booleans and texts. Its reader, by far the largest, is loaded with the first file. */
export const parquet: Format = {
  id: "parquet",
  title: "a Parquet table",
  extensions: ["parquet", "pq"],
  recognises: ({ bytes }) => bytes[0] === 0x50 && bytes[1] === 0x41 && bytes[2] === 0x52 && bytes[3] === 0x31,
  read: async (file, { mostBytes: most = mostBytes }) => (await import("./parquetTable.js")).readParquet(file, most),
};
