import { csvWriter } from "./csv/csvWriter.js";
import { jsonWriter } from "./json/jsonWriter.js";
import { npzWriter } from "./npy/npzWriter.js";
import { parquetWriter } from "./parquet/parquetWriter.js";
import { safetensorsWriter } from "./safetensors/safetensorsWriter.js";
import type { TableWriter } from "./write/column.js";

/** Every format that tables are written in. Adding one: its file and a line here. */
export const tableWriters: readonly TableWriter[] = [csvWriter, jsonWriter, npzWriter, parquetWriter, safetensorsWriter];
