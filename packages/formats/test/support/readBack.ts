import { parquetReadObjects } from "hyparquet";
import Papa from "papaparse";
import type { Column } from "../../src/index.js";
import { npyHeader } from "../../src/npy/header.js";
import { parseSafetensors } from "../../src/safetensors/safetensors.js";
import { members } from "../../src/zip/archive.js";

/** A value of a table; null where there is none. */
export type Value = number | string | null;

/** The values of a column as they were given. */
export const valuesOf = ({ values, missing }: Column): readonly Value[] =>
  Array.from(values as ArrayLike<number | string>, (value, row) => (missing?.[row] ? null : value));

const isNumeric = ({ values }: Column): boolean => values instanceof Float64Array;

/**
 * Readers of what was written, one per writer.
 *
 *   bytes -> values of each column, by what the format holds; `columns` tell names and kinds alone
 */
export const readBack: Readonly<Record<string, (bytes: Uint8Array, columns: readonly Column[]) => Promise<readonly (readonly Value[])[]>>> =
  {
    csv: async (bytes, columns) => {
      const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes).slice(0, -1), { delimiter: ",", newline: "\n" });
      if (data[0]!.join() !== columns.map(({ name }) => name).join()) throw new Error(`the heading is ${data[0]!.join()}`);
      const cellOf = (column: Column, cell: string): Value => (cell === "" ? null : isNumeric(column) ? Number(cell) : cell);
      return columns.map((column, k) => data.slice(1).map((row) => cellOf(column, row[k]!)));
    },
    json: async (bytes, columns) => {
      const rows = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, Value>>[];
      for (const row of rows) {
        if (Object.keys(row).length !== columns.length) throw new Error(`a row of ${Object.keys(row).length} members`);
      }
      const cellOf = (column: Column, value: Value): Value => (value === null ? null : isNumeric(column) ? Number(value) : value);
      return columns.map((column) => rows.map((row) => cellOf(column, row[column.name]!)));
    },
    npz: async (bytes, columns) => {
      const arrays = new Map(members("a.npz", bytes).map((member) => [member.name, npyValues(member.read(2 ** 30))]));
      return columns.map(({ name }) => {
        const mask = arrays.get(`${name}.missing.npy`);
        return arrays.get(`${name}.npy`)!.map((value, row) => (mask?.[row] ? null : value));
      });
    },
    parquet: async (bytes, columns) => {
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      const rows = (await parquetReadObjects({ file })) as Readonly<Record<string, Value>>[];
      return columns.map(({ name }) => rows.map((row) => row[name] ?? null));
    },
    safetensors: async (bytes, columns) => {
      const { tensors, metadata } = parseSafetensors("a.safetensors", bytes, 2 ** 30);
      const names = JSON.parse(metadata.columns!) as string[];
      if (names.join() !== columns.map(({ name }) => name).join()) throw new Error(`the columns are ${names.join()}`);
      return names.map((name) => {
        const mask = tensors[`${name}.missing`]?.values;
        const known = metadata[`texts.${name}`];
        const texts = known === undefined ? undefined : (JSON.parse(known) as string[]);
        return Array.from(tensors[name]!.values, (value, row) => (mask?.[row] ? null : texts ? texts[value]! : value));
      });
    },
  };

function npyValues(bytes: Uint8Array): (number | string)[] {
  const { type, size, start } = npyHeader("a.npy", bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: size }, (_, i) => {
    const at = start + i * type.size;
    return type.text ? type.text(bytes, at) : (type.number!(view, at, true) as number);
  });
}
