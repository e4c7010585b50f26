import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type FileTable, formats, readTable } from "../src/index.js";
import { doubles, golden, labels, names, whole } from "./support/golden.js";
import { refused, utf8 } from "./support/refused.js";

const all = (table: FileTable): Promise<Float64Array> => table.numbers(table.inputs);
const read = async (name: string, options = {}): Promise<number[]> => [...(await all(await readTable(golden(name), options)))];
/** The columns of numbers in the tables of pandas, R and DuckDB. */
const named = (table: FileTable): number[] => ["a", "b", "c", "d"].map((wanted) => columnOf(table, wanted));
const columnOf = (table: FileTable, wanted: string): number =>
  Array.from({ length: table.columns }, (_, column) => column).find((column) => table.nameOf(column) === wanted)!;

describe("golden files: every number comes back with its bits", () => {
  test.each(["c-le-f8.npy", "c-be-f8.npy", "fortran-le-f8.npy"])("%s", async (name) => {
    expect(await read(name)).toEqual(doubles);
  });

  test.each(["c-le-f4.npy", "c-be-f4.npy"])("%s, rounded to single precision", async (name) => {
    expect(await read(name)).toEqual(doubles.map(Math.fround));
  });

  test("c-le-f2.npy, rounded to half precision", async () => {
    for (const [i, value] of (await read("c-le-f2.npy")).entries()) {
      expect(Math.abs(value - doubles[i]!)).toBeLessThanOrEqual(2 ** -11 * Math.max(Math.abs(doubles[i]!), 2 ** -14)); // half an ulp of 11 bits
      expect(Number.isInteger(value * 2 ** 24)).toBe(true);
    }
  });

  test.each(["c-le-i8.npy", "c-be-i8.npy", "c-le-i4.npy", "c-be-i2.npy", "c-any-i1.npy", "fortran-be-i8.npy"])("%s", async (name) => {
    expect(await read(name)).toEqual(whole);
  });

  test.each(["c-any-u1.npy", "c-le-u8.npy"])("%s", async (name) => {
    expect(await read(name)).toEqual(whole.map((value) => value + 100));
  });

  test("c-any-b1.npy", async () => {
    expect(await read("c-any-b1.npy")).toEqual(whole.map((value) => Number(value % 2 === 0)));
  });

  test("images of NumPy in Fortran order, and of several channels", async () => {
    const grey = await readTable(golden("fortran-images-u1.npy"));
    expect(grey).toMatchObject({ rows: 3, columns: 8, image: { channels: 1, height: 2, width: 4 } });
    expect([...(await all(grey))]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    const colour = await readTable(golden("colour-images-u1.npy"));
    expect(colour).toMatchObject({ rows: 2, columns: 12, image: { channels: 3, height: 2, width: 2 } });
    expect([...(await colour.numbers([11, 0]))]).toEqual([11, 0, 23, 12]);
  });

  test("texts of NumPy", async () => {
    expect(await (await readTable(golden("texts.npy"))).values(0)).toEqual(names);
  });

  test.each(["stored.npz", "deflated.npz"])("%s", async (name) => {
    const table = await readTable(golden(name));
    expect([...(await all(table))]).toEqual(doubles);
    expect([...(await table.values(columnOf(table, "y")))]).toEqual(labels);
    expect(await table.values(columnOf(table, "who"))).toEqual(names);
    expect([...(await table.numbers([1, columnOf(table, "y")]))].slice(0, 4)).toEqual([doubles[1], 0, doubles[5], 1]);
  });

  test.each(["pandas.csv", "pandas.tsv", "pandas-utf16.csv", "pandas.csv.gz", "r.csv"])("%s", async (name) => {
    const table = await readTable(golden(name));
    expect([...(await table.numbers(named(table)))]).toEqual(doubles);
    expect(await table.values(columnOf(table, "who"))).toEqual(names);
    expect(table.inputs.map((column) => table.nameOf(column))).toEqual(["a", "b", "c", "d", "who"]);
  });

  test("r.txt, of which R keeps 15 digits", async () => {
    const table = await readTable(golden("r.txt"));
    expect([...(await table.numbers(named(table)))]).toEqual(doubles.map((value) => Number(value.toPrecision(15))));
  });

  test("savetxt.csv", async () => {
    const table = await readTable(golden("savetxt.csv"));
    expect([...(await table.numbers(named(table)))]).toEqual(doubles);
    expect([...(await table.values(columnOf(table, "label")))]).toEqual(labels);
  });

  test.each([
    ["zero-based.libsvm", 0 as const],
    ["one-based.libsvm", 1 as const],
  ])("%s, of which scikit-learn keeps 16 digits", async (name, indexBase) => {
    const table = await readTable(golden(name), { indexBase });
    expect([...(await all(table))]).toEqual(doubles.map((value, i) => (whole[i]! % 2 === 0 ? Number(value.toPrecision(16)) : 0)));
    expect([...(await table.values(table.label!))]).toEqual(labels.map((label) => 2 * label - 1));
  });

  const tables = ["duckdb", "duckdb-gzip", "duckdb-plain", "duckdb-v2", "duckdb-zstd", "duckdb-lz4", "polars"];
  test.each([...tables, "pandas", "pandas-index", "pyarrow-lz4", "pyarrow-encodings"].map((name) => `${name}.parquet`))(
    "%s",
    async (name) => {
      const table = await readTable(golden(name));
      expect([...(await table.numbers(named(table)))]).toEqual(doubles);
      expect(await table.values(columnOf(table, "who"))).toEqual(names);
    },
  );

  test("duckdb-many.parquet, of several groups of rows", async () => {
    const table = await readTable(golden("duckdb-many.parquet"));
    expect(table.rows).toBe(5000);
    expect(await table.numbers([0])).toEqual(Float64Array.from({ length: 5000 }, (_, i) => (i % 97) / 7));
    expect(await table.values(1)).toEqual(Float64Array.from({ length: 5000 }, (_, i) => Number(i % 3 === 0)));
  });

  test("IDX, and CIFAR-10 gzipped", async () => {
    const idx = await readTable(golden("images.idx"), { labels: golden("labels.idx") });
    expect(idx).toMatchObject({ rows: 3, columns: 5, label: 4, image: { channels: 1, height: 2, width: 2 } });
    expect([...(await all(idx))]).toEqual(Array.from({ length: 12 }, (_, i) => (20 * i) % 256));
    expect([...(await idx.values(4))]).toEqual([0, 1, 1]);
    const cifar = await readTable(golden("batch.bin.gz"));
    expect(cifar).toMatchObject({ rows: 2, label: 3072, image: { channels: 3, height: 32, width: 32 } });
    expect([...(await cifar.values(3072))]).toEqual([3, 5]);
    expect([...(await cifar.numbers([0, 1, 3071]))]).toEqual([0, 1, 255, 255, 254, 0]);
  });
});

describe("a file is known", () => {
  test.each(Object.values(formats).map((format) => [format.id, format] as const))("as %s by itself, whatever its name", (id, format) => {
    const samples: Readonly<Record<string, string>> = {
      npy: "c-le-f8.npy",
      npz: "stored.npz",
      parquet: "duckdb.parquet",
      idx: "images.idx",
      libsvm: "one-based.libsvm",
      csv: "pandas.csv",
    };
    const sample = samples[id];
    if (sample === undefined) return expect(format.recognises({ name: "data_batch_1.bin", bytes: new Uint8Array(3073) })).toBe(true);
    const file = { name: "data", bytes: golden(sample).bytes };
    return expect(Object.values(formats).find((one) => one.recognises(file))?.id).toBe(id);
  });

  test("or as what is said", async () => {
    const file = { name: "a", bytes: utf8("1 2:3\n-1 1:4\n") };
    expect((await readTable(file, { indexBase: 1 })).format).toBe("libsvm");
    expect((await readTable(file, { format: "csv" })).format).toBe("csv");
  });

  test("gzipped, once", async () => {
    const file = { name: "a.npy.gz", bytes: new Uint8Array(gzipSync(golden("c-le-f8.npy").bytes)) };
    expect([...(await all(await readTable(file)))]).toEqual(doubles);
    const twice = { name: "a.gz", bytes: new Uint8Array(gzipSync(file.bytes)) };
    expect((await refused(() => readTable(twice))).message).toBe("a.gz: is gzipped twice");
  });

  test.each([new Uint8Array(0), new Uint8Array(gzipSync(new Uint8Array(0)))])("not where it is empty", async (bytes) => {
    expect(await refused(() => readTable({ name: "nothing.csv", bytes }))).toMatchObject({ message: "nothing.csv: is empty" });
  });
});
