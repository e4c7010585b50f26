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

  test.each([
    ["day", 'column "day": holds no numbers but values of type DATE'],
    ["gap", 'column "gap": row 3 (counted from 0) holds no value'],
    ["list", 'column "list": holds no numbers but nested values'],
    ["nan", 'column "nan": row 0 (counted from 0) holds NaN'],
  ])("%s is refused", async (name, message) => {
    expect((await refused(() => table.numbers([column(name)]))).message).toBe(`duckdb-types.parquet, ${message}`);
  });
});

describe("limits of the types of DuckDB", async () => {
  const limits = await parquet.read(golden("duckdb-limits.parquet"), {});
  const at = (name: string): number => Array.from({ length: limits.columns }, (_, k) => k).find((k) => limits.nameOf(k) === name)!;
  const six = (value: (i: number) => number): number[] => Array.from({ length: 6 }, (_, i) => value(i));

  test.each([
    ["safe", six((i) => 9007199254740986 + i)],
    ["even", six((i) => 9007199254740994 + 2 * i)],
    ["large", six((i) => Number.MAX_VALUE / (1 + i))],
    ["small", six((i) => Number.MIN_VALUE * i)],
    ["wide", six((i) => Number(String(12345678901234567890n * BigInt(i))))],
    ["short", six((i) => i - 3)],
  ])("%s", async (name, values) => {
    expect([...(await limits.numbers([at(name)]))]).toEqual(values);
  });

  test("texts may be empty, and an enumeration is one of texts", async () => {
    expect(await limits.values(at("empty"))).toEqual(new Array(6).fill(""));
    expect(await limits.values(at("kind"))).toEqual(["one", "two", "one", "two", "one", "two"]);
    expect(limits.kindOf(at("kind"))).toBe("texts");
  });

  test.each([
    ["beyond", "row 3 (counted from 0) holds 9007199254740993"],
    ["infinite", "row 4 (counted from 0) holds Infinity"],
    ["single", "row 5 (counted from 0) holds -Infinity"],
    ["flag", "row 5 (counted from 0) holds no value"],
    ["text", "row 2 (counted from 0) holds no value"],
    ["pair", "holds no numbers but nested values"],
    ["list", "holds no numbers but nested values"],
    ["map", "holds no numbers but nested values"],
    ["moment", "holds no numbers but values of type TIMESTAMP"],
  ])("%s is refused", async (name, message) => {
    expect((await refused(() => limits.values(at(name)))).message).toBe(`duckdb-limits.parquet, column "${name}": ${message}`);
  });

  test("a file of which every column is wanted names the first that is nested", async () => {
    const numbers = limits.inputs.filter(
      (column) => !["infinite", "single", "flag", "beyond", "text", "empty"].includes(limits.nameOf(column)),
    );
    expect((await refused(() => limits.numbers(numbers))).hint).toContain("name the columns that are coordinates");
  });
});

describe("what PyArrow allows", async () => {
  const odd = await parquet.read(golden("pyarrow-odd.parquet"), {});

  test("columns of one name are read each, also behind a nested one that has a part of that name", async () => {
    expect([...(await odd.numbers([2, 1]))]).toEqual([3, 1, 4, 2]);
  });

  test.each([
    [3, 'column "unsigned": row 1 (counted from 0) holds 9223372036854775809'],
    [4, 'column "nothing": holds no numbers but values of type NULL'],
    [5, 'column "bytes": row 0 (counted from 0) holds bytes that are no UTF-8'],
  ])("column %d is refused", async (column, message) => {
    expect((await refused(() => odd.values(column))).message).toBe(`pyarrow-odd.parquet, ${message}`);
  });
});

test("groups of rows, packed by Zstandard, are counted through", async () => {
  const groups = await parquet.read(golden("duckdb-groups.parquet"), {});
  expect([...(await groups.numbers([0]))]).toEqual(Array.from({ length: 3000 }, (_, i) => i / 3));
  expect(await groups.values(2)).toEqual(Array.from({ length: 3000 }, (_, i) => `c${i % 3}`));
  expect((await refused(() => groups.numbers([0, 1]))).message).toBe(
    'duckdb-groups.parquet, column "gap": row 17 (counted from 0) holds no value',
  );
});

test("the index of pandas is no coordinate, whatever packs it", async () => {
  const table = await parquet.read(golden("pandas-index.parquet"), {});
  expect(table.inputs.map((k) => table.nameOf(k))).toEqual(["a", "b", "c", "d", "who"]);
  expect([...(await table.numbers([5]))]).toEqual([3, 1, 4, 1, 5, 9]);
});

test("Brotli is refused by its name, with what is read", async () => {
  const table = await parquet.read(golden("duckdb-brotli.parquet"), {});
  expect(await refused(() => table.numbers([0]))).toEqual({
    message: 'duckdb-brotli.parquet, column "a": is compressed with BROTLI',
    hint: "one of no compression, Snappy, gzip, Zstandard, LZ4, LZ4 of Hadoop: COPY ... (FORMAT parquet, COMPRESSION snappy)",
  });
});

test("what the pages of a column unpack to is bounded as a whole", async () => {
  const { name, bytes } = golden("pyarrow-beginnings.parquet");
  const texts = await (await parquet.read({ name, bytes }, {})).values(0);
  expect(texts).toEqual(Array.from({ length: 300 }, (_, i) => `a long beginning, ${i % 7}`));
  const most = 300 * (4 + texts[0]!.toString().length) - 1; // as PLAIN has them, each behind its length
  const { message } = await refused(async () => (await parquet.read({ name, bytes }, { mostBytes: most })).values(0));
  expect(message).toMatch(/300 texts take 69\d\d bytes, at most 6\d\d\d are read/);
});

test("two kilobytes that unpack to 16 megabytes are refused before they are, where less is allowed", async () => {
  const { name, bytes } = golden("pyarrow-bomb.parquet");
  expect(bytes.length).toBeLessThan(2500);
  const read = async (most: number): Promise<unknown> => (await parquet.read({ name, bytes }, { mostBytes: most })).values(1);
  expect((await refused(() => read(2 ** 24))).message).toBe(
    'pyarrow-bomb.parquet, column "text": values of a page take 16777226 bytes, at most 16777216 are read',
  );
  expect(await read(2 ** 24 + 10)).toEqual(["a".repeat(2 ** 24)]);
});

test("no damage of a page with a check sum changes a number", async () => {
  const { name, bytes } = golden("pyarrow-encodings.parquet");
  const numbers = async (file: Uint8Array): Promise<readonly number[]> => [
    ...(await (await parquet.read({ name, bytes: file }, {})).numbers([0])),
  ];
  const intact = await numbers(bytes);
  let told = 0;
  for (let at = 4; at < 160; at++) {
    const damaged = bytes.slice();
    damaged[at]! ^= 1 << (at % 8);
    try {
      expect(await numbers(damaged), `byte ${at}`).toEqual(intact);
    } catch (error) {
      expect(error, `byte ${at}`).toMatchObject({ code: "DATA" });
      told += (error as Error).message.endsWith("a page has another CRC-32 than its header promises") ? 1 : 0;
    }
  }
  expect(told).toBeGreaterThan(40); // the page has 48 bytes of numbers
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
