import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import type { FileTable, NamedBytes, ReadTableOptions } from "../../src/index.js";
import { golden } from "./golden.js";

/** Files whose mutants are read, by the format: each with the options that it needs. */
export const originals: Readonly<Record<string, readonly (readonly [name: string, options?: ReadTableOptions])[]>> = {
  npy: [["c-le-f8.npy"], ["fortran-be-i8.npy"], ["fortran-images-u1.npy"], ["texts.npy"]],
  npz: [["stored.npz"], ["deflated.npz"]],
  gzip: [["pandas.csv.gz"], ["batch.bin.gz", { format: "cifar10" }]],
  csv: [["pandas.csv"], ["pandas.tsv"], ["pandas-utf16.csv"], ["r.csv"], ["r.txt"], ["savetxt.csv"]],
  idx: [["images.idx", { labels: golden("labels.idx") }], ["labels.idx"]],
  cifar10: [["batch.bin", { format: "cifar10" }]],
  libsvm: [
    ["zero-based.libsvm", { format: "libsvm", indexBase: 0 }],
    ["one-based.libsvm", { format: "libsvm", indexBase: 1 }],
  ],
  parquet: [
    ["duckdb.parquet"],
    ["duckdb-gzip.parquet"],
    ["duckdb-plain.parquet"],
    ["duckdb-v2.parquet"],
    ["duckdb-types.parquet"],
    ["duckdb-many.parquet"],
  ],
};

/** The most bytes that a mutant may make readers allocate at once: the cap that they are given, and as much again for what grows by doubling. */
const cap = 2 ** 24;
const mostAllocated = 2 * cap + 2 ** 16;

/** A generator of integers below a bound (xorshift32). */
export function integers(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Mutation = (bytes: Uint8Array, pick: (below: number) => number) => Uint8Array;

const spliced = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array => {
  const result = new Uint8Array(bytes.length - removed + added.length);
  result.set(bytes.subarray(0, at));
  result.set(added, at);
  result.set(bytes.subarray(at + removed), at + added.length);
  return result;
};

const texts = ["nan", "inf", "1e999", '"', ",", "\n", "\t", "-", "999999999999", "0x1", ":", "#", "'shape': (9999999999, 9)", "True"];

/** Changes of a file: bits, bytes, lengths, cuts, parts that are repeated, moved or replaced by words. */
const mutations: readonly Mutation[] = [
  (bytes, pick) => {
    const result = bytes.slice();
    for (let k = pick(4); k >= 0; k--) result[pick(result.length)]! ^= 1 << pick(8);
    return result;
  },
  (bytes, pick) => {
    const result = bytes.slice();
    for (let k = pick(3); k >= 0; k--) result[pick(result.length)] = [0, 1, 127, 128, 254, 255][pick(6)]!;
    return result;
  },
  (bytes, pick) => {
    const result = bytes.slice();
    const value = [0xffffffff, 0x7fffffff, 0x80000000, 0x10000000, 0, 0x00ffffff][pick(6)]!;
    if (result.length >= 4) new DataView(result.buffer).setUint32(pick(result.length - 3), value, pick(2) === 0);
    return result;
  },
  (bytes, pick) => bytes.slice(0, pick(bytes.length)),
  (bytes, pick) => {
    const at = pick(bytes.length);
    return spliced(bytes, at, Math.min(pick(16) + 1, bytes.length - at), new Uint8Array(0));
  },
  (bytes, pick) => {
    const from = pick(bytes.length);
    return spliced(bytes, pick(bytes.length), 0, bytes.slice(from, from + pick(64) + 1));
  },
  (bytes, pick) => spliced(bytes, pick(bytes.length), pick(2), new TextEncoder().encode(texts[pick(texts.length)]!)),
  (bytes, pick) => {
    const varint = Uint8Array.of(255, 255, 255, 255, 7).subarray(pick(4));
    const at = pick(bytes.length);
    return spliced(bytes, at, Math.min(varint.length, bytes.length - at), varint);
  },
];

/** A mutant of a file: one change, or a few. */
export function mutant(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  let result = bytes;
  for (let k = pick(3); k >= 0; k--) if (result.length > 0) result = mutations[pick(mutations.length)]!(result, pick);
  return result;
}

/** Constructors of memory, each of which tells what it is asked for. */
function watched<T extends object>(memory: T, bytesOf: (first: unknown) => number, tell: (bytes: number) => void): T {
  return new Proxy(memory, {
    construct: (target, args, newTarget) => {
      if (typeof args[0] === "number" && args.length === 1) tell(bytesOf(args[0]));
      return Reflect.construct(target as never, args, newTarget);
    },
  });
}

/** Replaces the constructors of memory by ones that tell the largest allocation. Modules that are loaded later see them. @returns reads and clears it */
export function watchMemory(): () => number {
  let largest = 0;
  const tell = (bytes: number): void => {
    largest = Math.max(largest, bytes);
  };
  const scope = globalThis as unknown as Record<string, object & { BYTES_PER_ELEMENT?: number }>;
  for (const name of ["ArrayBuffer", "Array", "Uint8Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array"]) {
    const memory = scope[name]!;
    const size = name === "Array" ? 8 : (memory.BYTES_PER_ELEMENT ?? 1);
    scope[name] = watched(memory, (length) => size * (length as number), tell);
  }
  return () => {
    const told = largest;
    largest = 0;
    return told;
  };
}

/** Readers, as the file under test has loaded them behind `watchMemory`. */
type Formats = typeof import("../../src/index.js");

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

/**
 * Reads mutants of the originals of a format: each gives numbers, or a DataError with a hint; none takes more than a second of computing or more memory than
 * the cap.
 *
 * @returns how many were read, and how many refused
 */
export async function readMutants(
  { readTable }: Formats,
  format: string,
  count: number,
  { seed, largest }: { readonly seed: number; readonly largest: () => number },
): Promise<{ readonly read: number; readonly refused: number }> {
  const pick = integers(seed);
  const files = originals[format]!.map(([name, options]) => ({
    file: name === "batch.bin" ? { name, bytes: new Uint8Array(gunzipSync(golden(`${name}.gz`).bytes)) } : golden(name),
    options,
  }));
  const told = { read: 0, refused: 0 };
  largest();
  for (let i = 0; i < count; i++) {
    const { file, options } = files[i % files.length]!;
    const changed: NamedBytes = { name: file.name, bytes: mutant(file.bytes, pick) };
    const place = `${format} mutant ${i} of ${file.name}, seed ${seed}`;
    largest();
    const before = process.cpuUsage().user;
    try {
      const table = await readTable(changed, { mostBytes: cap, ...options });
      let first: unknown;
      for (const columns of parts(table.inputs)) first = (await numbersOf(table, columns, place)) ?? first;
      if (first) throw first;
      expect((await table.values(table.label ?? table.columns - 1)).length, place).toBe(table.rows);
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
