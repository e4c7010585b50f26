import { expect, test } from "vitest";
import { parquetWriter } from "../../src/parquet/parquetWriter.js";
import { golden } from "../support/golden.js";
import { written, writtenEmpty } from "../support/written.js";

test.each([
  ["written.parquet", written],
  ["written-empty.parquet", writtenEmpty],
])("%s is what DuckDB was seen to read", async (name, columns) => {
  // golden/read.mjs looks at these files with DuckDB; other bytes are to be looked at again
  expect(Buffer.from(await parquetWriter.write(columns)).toString("base64")).toBe(Buffer.from(golden(name).bytes).toString("base64"));
});
