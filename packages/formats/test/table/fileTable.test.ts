import { describe, expect, test } from "vitest";
import { type FileTable, readTable, tableWriters, writeTable } from "../../src/index.js";
import { npyFile } from "../support/npyFile.js";
import { refused, utf8 } from "../support/refused.js";
import { zipOf } from "../support/zipOf.js";

/** The rows 1 2 a, - 4 b, 5 - c, 7 8 -, 9 10 e of every format, - for a value that is missing; in one of numbers alone 11, NaN, ... for the texts. */
const x = [1, Number.NaN, 5, 7, 9];
const y = [2, 4, Number.NaN, 8, 10];
const who = ["a", "b", "c", "", "e"];
const codes = [11, 12, 13, Number.NaN, 15];

const doubles = (values: readonly number[], shape: string): Uint8Array =>
  npyFile({ descr: "'<f8'", shape, body: new Uint8Array(Float64Array.from(values).buffer) });
const parquet = tableWriters.find(({ id }) => id === "parquet")!;
const flags = (values: readonly unknown[]): Uint8Array => Uint8Array.from(values, (value) => Number(Number.isNaN(value) || value === ""));

const files: Readonly<Record<string, () => Promise<{ readonly name: string; readonly bytes: Uint8Array }>>> = {
  csv: async () => ({ name: "a.csv", bytes: utf8("x,y,who\n1,2,a\nNA,4,b\n5,,c\n7,8,?\n9,10,e\n") }),
  "csv, first row": async () => ({ name: "a.csv", bytes: utf8("x,y,who\nnan,0,z\n1,2,a\n,4,b\n5,?,c\n7,8,\n9,10,e\n") }),
  npy: async () => ({
    name: "a.npy",
    bytes: doubles([x, y, codes].flatMap((_, i) => [x[i]!, y[i]!, codes[i]!]).concat([7, 8, Number.NaN, 9, 10, 15]), "(5, 3)"),
  }),
  npz: async () => ({
    name: "a.npz",
    bytes: zipOf({
      "xy.npy": doubles(
        x.flatMap((value, i) => [value, y[i]!]),
        "(5, 2)",
      ),
      "who.npy": doubles(codes, "(5,)"),
    }),
  }),
  parquet: async () => ({
    name: "a.parquet",
    bytes: await writeTable(
      [
        { name: "x", values: Float64Array.from(x) },
        { name: "y", values: Float64Array.from(y), missing: flags(y) },
        { name: "who", values: who, missing: flags(who) },
      ],
      parquet,
    ),
  }),
};

describe.each(Object.entries(files))("%s", (id, file) => {
  const shift = id === "csv, first row" ? 1 : 0;
  const table = async (): Promise<FileTable> => readTable(await file());

  test("says which rows lack a value, by column", async () => {
    const read = await table();
    const lacking = async (columns: number[]) => (await read.incomplete(columns)).filter((row) => row >= shift).map((row) => row - shift);
    expect(await lacking([0])).toEqual([1]);
    expect(await lacking([2, 1])).toEqual([2, 3]);
    expect(await lacking([])).toEqual([]);
  });

  test("is read in the rows that are wanted, which alone must have values", async () => {
    const read = await table();
    const rows = [0, 4].map((row) => row + shift);
    expect([...(await read.numbers([1, 0], rows))]).toEqual([2, 1, 10, 9]);
    expect([...(await read.numbers([0], rows))]).toEqual([1, 9]);
    const labels = await read.values(2, rows);
    expect([...labels]).toEqual(labels instanceof Float64Array ? [11, 15] : ["a", "e"]);
    await expect(read.numbers([0], [1 + shift])).rejects.toThrow(/a\.(csv|npy|npz|parquet)/);
    await expect(read.values(2, [3 + shift])).rejects.toThrow(/a\.(csv|npy|npz|parquet)/);
    await expect(read.numbers([0])).rejects.toThrow(/a\.(csv|npy|npz|parquet)/);
  });
});

test("decimals have a comma where that is said, and a point makes no number then", async () => {
  const read = async (text: string): Promise<number[]> => {
    const table = await readTable({ name: "a.csv", bytes: utf8(text) }, { decimal: "," });
    return [...(await table.numbers(table.inputs))];
  };
  expect(await read("a;b\n1,5;-2\n,25;1,5e3\n")).toEqual([1.5, -2, 0.25, 1500]);
  expect(await read('"1,5","-2"\n3,"0,1"\n')).toEqual([1.5, -2, 3, 0.1]);
  expect(await read("1,5;2,5\n3,5;4,5\n")).toEqual([1.5, 2.5, 3.5, 4.5]);
  const { message } = await refused(() => read("a;b\n1,5;2\n1.234;3\n"));
  expect(message).toBe('a.csv: line 3, column 1 (a): "1.234" is not a finite number');
  const { hint } = await refused(() => readTable({ name: "a.csv", bytes: utf8("a;b\n1,5;2\n") }).then((table) => table.numbers([0])));
  expect(hint).toBe('decimals with a point, as in 0.5, or "decimal": ","');
});

test.each([
  ["a;b\n1,5;2\n1.234,50;3\n", ",", "numbers without marks between the thousands, as in 1234,5"],
  ["a;b\n1,5;2\n12O;3\n", ",", "a number in every row of the column, decimals with a comma, as said"],
  ["a;b\n1.5;2\n1,234.50;3\n", ".", "numbers without marks between the thousands, as in 1234.5"],
  ["a;b\n1.5;2\n12O;3\n", ".", "a number in every row of the column, decimals with a point"],
] as const)("the remedy for a text in %j, decimals with %j", async (text, decimal, remedy) => {
  const table = await readTable({ name: "a.csv", bytes: utf8(text) }, { decimal });
  expect((await refused(() => table.numbers([0]))).hint).toBe(remedy);
  expect(table.strangerOf?.(0)).toEqual({ place: "line 3", text: text.split("\n")[2]!.split(";")[0] });
  expect(table.strangerOf?.(1)).toBeUndefined();
});

test("a text in a column of numbers is none that is missing", async () => {
  const bytes = utf8("x,y\nNA,1\n2,3\nlow,4\n5,6\n");
  const table = await readTable({ name: "a.csv", bytes });
  expect(await table.incomplete([0])).toEqual([0]);
  const { message } = await refused(() => table.numbers([0], [1, 2, 3]));
  expect(message).toBe('a.csv: line 4, column 1 (x): "low" is not a finite number');
});
