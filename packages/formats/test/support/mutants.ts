import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import type { FileTable, NamedBytes, ReadTableOptions } from "../../src/index.js";
import { golden } from "./golden.js";
import { integers, mutant } from "./mutations.js";

/** Readers, as the file under test has loaded them behind `watchMemory`. */
type Formats = typeof import("../../src/index.js");

/** Reads the whole of a file. @throws the first refusal */
type Read = (formats: Formats, file: NamedBytes, place: string) => Promise<void>;

/** The most bytes that a mutant may make readers allocate at once: the cap that they are given, and as much again for what grows by doubling. */
const cap = 2 ** 24;
const mostAllocated = 2 * cap + 2 ** 16;

/** Columns one by one, so that each is read whether or not another is refused; all at once where there are many. */
const parts = (columns: readonly number[]): readonly (readonly number[])[] =>
  columns.length > 64 ? [columns] : columns.map((column) => [column]);

/** Reads columns of numbers. @returns the refusal */
async function numbersOf(table: FileTable, columns: readonly number[], place: string): Promise<unknown> {
  if (!columns.every((column) => table.kindOf(column) === "numbers")) return undefined;
  try {
    expect((await table.numbers(columns)).every(Number.isFinite), place).toBe(true);
    return undefined;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "DATA") throw error;
    return error;
  }
}

const table =
  (options: ReadTableOptions = {}): Read =>
  async ({ readTable }, file, place) => {
    const read = await readTable(file, { mostBytes: cap, ...options });
    let first: unknown;
    for (const columns of parts(read.inputs)) first = (await numbersOf(read, columns, place)) ?? first;
    if (first) throw first;
    expect((await read.values(read.label ?? read.columns - 1)).length, place).toBe(read.rows);
  };

const weights: Read = async ({ readWeights }, { name, bytes }, place) => {
  for (const [key, { shape, values }] of (await readWeights(name, bytes, cap)).tensors) {
    expect(values.length, `${place}, ${key}`).toBe(shape.reduce((product, size) => product * size, 1));
  }
};

type Original = readonly [name: string, read: Read];

/** Files that one reader reads. */
const readBy = (read: Read, ...names: readonly string[]): readonly Original[] => names.map((name) => [name, read]);

/** Files whose mutants are read, by the format: each with its reader. */
export const originals: Readonly<Record<string, readonly Original[]>> = {
  npy: readBy(table(), "c-le-f8.npy", "fortran-be-i8.npy", "fortran-images-u1.npy", "texts.npy"),
  npz: readBy(table(), "stored.npz", "deflated.npz"),
  gzip: [
    ["pandas.csv.gz", table()],
    ["batch.bin.gz", table({ format: "cifar10" })],
  ],
  csv: readBy(table(), "pandas.csv", "pandas.tsv", "pandas-utf16.csv", "r.csv", "r.txt", "savetxt.csv"),
  idx: [
    ["images.idx", table({ labels: golden("labels.idx") })],
    ["labels.idx", table()],
  ],
  cifar10: [["batch.bin", table({ format: "cifar10" })]],
  libsvm: [
    ["zero-based.libsvm", table({ format: "libsvm", indexBase: 0 })],
    ["one-based.libsvm", table({ format: "libsvm", indexBase: 1 })],
  ],
  parquet: readBy(
    table(),
    "duckdb.parquet",
    "duckdb-gzip.parquet",
    "duckdb-plain.parquet",
    "duckdb-v2.parquet",
    "duckdb-types.parquet",
    "duckdb-many.parquet",
    "duckdb-zstd.parquet",
    "duckdb-lz4.parquet",
    "duckdb-limits.parquet",
    "pyarrow-beginnings.parquet",
    "polars.parquet",
  ),
  "weights in safetensors": readBy(
    weights,
    "reference.safetensors",
    "reference-counter.safetensors",
    "allowed-order.safetensors",
    "allowed-odd.safetensors",
  ),
  "weights in npz": readBy(weights, "weights-stored.npz", "weights-deflated.npz"),
};

/**
 * Reads mutants of the originals of a format: each gives numbers, or a DataError with a hint; none takes more than a second of computing or more memory than
 * the cap.
 *
 * @returns how many were read, and how many refused
 */
export async function readMutants(
  formats: Formats,
  format: string,
  count: number,
  { seed, largest }: { readonly seed: number; readonly largest: () => number },
): Promise<{ readonly read: number; readonly refused: number }> {
  const pick = integers(seed);
  const files = originals[format]!.map(([name, read]) => ({
    file: name === "batch.bin" ? { name, bytes: new Uint8Array(gunzipSync(golden(`${name}.gz`).bytes)) } : golden(name),
    read,
  }));
  const told = { read: 0, refused: 0 };
  largest();
  for (let i = 0; i < count; i++) {
    const { file, read } = files[i % files.length]!;
    const changed: NamedBytes = { name: file.name, bytes: mutant(file.bytes, pick) };
    const place = `${format} mutant ${i} of ${file.name}, seed ${seed}`;
    largest();
    const before = process.cpuUsage().user;
    try {
      await read(formats, changed, place);
      told.read++;
    } catch (error) {
      const { code, hint, message } = error as { code?: unknown; hint?: unknown; message?: string };
      if (code !== "DATA" || typeof hint !== "string" || hint === "") throw new Error(`${place}: ${(error as Error).stack}`);
      expect(
        message!.startsWith(file.name) || message!.startsWith("labels.idx") || message!.startsWith(file.name.replace(/\.gz$/, "")),
        `${place}: ${message}`,
      ).toBe(true);
      told.refused++;
    }
    expect((process.cpuUsage().user - before) / 1e6, `${place}: seconds`).toBeLessThan(1);
    expect(largest(), `${place}: bytes at once`).toBeLessThanOrEqual(mostAllocated);
  }
  return told;
}
