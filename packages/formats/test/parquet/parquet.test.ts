import { describe, expect, test } from "vitest";
import { parquet } from "../../src/parquet/parquet.js";
import { golden } from "../support/golden.js";
import { refused, utf8 } from "../support/refused.js";

const table = await parquet.read(golden("duckdb-types.parquet"), {});
const column = (name: string): number => Array.from({ length: table.columns }, (_, k) => k).find((k) => table.nameOf(k) === name)!;
const steps = (step: number): number[] => Array.from({ length: 6 }, (_, i) => i * step);

describe("types of DuckDB", () => {
  test.each([
    ["tiny", steps(1)],
    ["whole", steps(-3).map((value) => value + 0)],
    ["big", steps(4_000_000_000)],
    ["unsigned", steps(3_000_000_000)],
    ["flag", [1, 0, 1, 0, 1, 0]],
    ["single", steps(0.25)],
    ["money", steps(0.125)],
  ])("%s", async (name, values) => {
    expect([...(await table.numbers([column(name)]))]).toEqual(values);
  });

  test("-0 keeps its sign", async () => {
    expect((await table.numbers([column("minus")])).every((value) => Object.is(value, -0))).toBe(true);
  });

  test("nested columns are left out", () => {
    expect(column("list")).toBeUndefined();
  });

  test.each([
    ["day", 'column "day": holds no numbers but values of type DATE'],
    ["gap", 'column "gap": row 3 (counted from 0) holds no value'],
    ["nan", 'column "nan": row 0 (counted from 0) holds NaN'],
  ])("%s is refused", async (name, message) => {
    expect((await refused(() => table.numbers([column(name)]))).message).toBe(`duckdb-types.parquet, ${message}`);
  });
});

test("a table without rows has none", async () => {
  expect((await parquet.read(golden("duckdb-empty.parquet"), {})).rows).toBe(0);
});

test.each<[string, Uint8Array, string]>([
  ["a cut file", golden("duckdb.parquet").bytes.subarray(0, 500), "does not begin and end (byte 496) with PAR1"],
  ["magic alone", utf8("PAR1PAR1"), "has 8 bytes, a Parquet file has 12 or more"],
  [
    "a footer that promises more than the file holds",
    Uint8Array.of(...utf8("PAR1"), 255, 255, 255, 127, ...utf8("PAR1")),
    "byte 4: a footer of 2147483647 bytes, the file has 12",
  ],
  [
    "a list that promises more than the footer holds",
    Uint8Array.of(...utf8("PAR1"), 0x19, 0xfc, 255, 255, 255, 7, 0, 7, 0, 0, 0, ...utf8("PAR1")),
    "byte 10: a list of 16777215 entries in a header, of which 1 bytes are left",
  ],
])("%s is refused", async (_, bytes, message) => {
  expect((await refused(() => parquet.read({ name: "a.parquet", bytes }, {}))).message).toBe(`a.parquet: ${message}`);
});

test("more rows than may be are refused before they are read", async () => {
  expect((await refused(() => parquet.read(golden("duckdb-many.parquet"), { mostBytes: 39_999 }))).message).toBe(
    "duckdb-many.parquet: 5000 rows take 40000 bytes, at most 39999 are read",
  );
});
