import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Column, readTable, tableWriters, writeTable } from "../src/index.js";
import { runs } from "./support/fuzz.js";
import { readBack, valuesOf } from "./support/readBack.js";
import { refused } from "./support/refused.js";
import { written, writtenEmpty } from "./support/written.js";

const text = fc.string({ unit: "grapheme", maxLength: 12 }).filter((value) => !value.includes("\0"));
const name = fc.stringMatching(/^[a-z][a-zA-Z0-9.]{0,8}$/).filter((value) => !value.endsWith(".missing") && !(value in Object.prototype));

/** Any table of up to 5 columns and 7 rows. */
const tables: fc.Arbitrary<readonly Column[]> = fc
  .record({ rows: fc.nat(7), names: fc.uniqueArray(name, { minLength: 2, maxLength: 5 }) })
  .chain(({ rows, names }) => {
    const all = { minLength: rows, maxLength: rows };
    const values = fc.oneof(
      fc.array(fc.double(), all).map((numbers) => Float64Array.from(numbers)),
      fc.array(text, all),
    );
    const missing = fc.option(
      fc.array(fc.nat(1), all).map((marks) => Uint8Array.from(marks)),
      { nil: undefined },
    );
    return fc.tuple(
      ...names.map((one) =>
        fc.record({ values, missing }).map(({ values, missing }) => ({ name: one, values, ...(missing && { missing }) })),
      ),
    );
  });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe.each(tableWriters.map((writer) => [writer.id, writer] as const))("%s", (id, writer) => {
  /** CSV has no text without characters beside a missing one. */
  const expected = (columns: readonly Column[]) =>
    columns.map((column) => valuesOf(column).map((value) => (id === "csv" && value === "" ? null : value)));

  test.each([
    ["NaN, -0, infinities, the least and the largest, and texts", written],
    ["no row", writtenEmpty],
  ])("a table of %s comes back bit for bit", async (_, columns) => {
    expect(await readBack[id]!(await writeTable(columns, writer), columns)).toEqual(expected(columns)); // toEqual tells -0 from 0
  });

  test("any table comes back bit for bit, and equal tables have equal bytes", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (columns) => {
        const bytes = await writeTable(columns, writer);
        expect(await readBack[id]!(bytes, columns)).toEqual(expected(columns));
        expect(await writeTable(structuredClone(columns), writer)).toEqual(bytes);
      }),
      runs(40),
    );
  });

  test("rows beyond those that are written at once come back", async () => {
    const rows = 70_000; // more than a group of Parquet, and than a part of a text
    const columns = [
      { name: "step", values: Float64Array.from({ length: rows }, (_, i) => i) },
      { name: "zero", values: Float64Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? -0 : 0)) },
    ];
    const back = await readBack[id]!(await writeTable(columns, writer), columns);
    for (const [k, { values }] of columns.entries()) expect(back[k]!.every((value, i) => Object.is(value, values[i]))).toBe(true);
  });

  test("bytes depend neither on the day nor on the time zone", async () => {
    vi.stubEnv("TZ", "Pacific/Kiritimati");
    vi.useFakeTimers({ now: new Date("2031-05-06T07:08:10Z"), toFake: ["Date"] });
    const bytes = await writeTable(written, writer);
    vi.stubEnv("TZ", "America/Los_Angeles");
    vi.setSystemTime(new Date("2042-11-30T23:59:58Z"));
    expect(await writeTable(written, writer)).toEqual(bytes);
  });

  test("columns that make no table are refused", async () => {
    const values = Float64Array.of(1, 2);
    const message = async (...columns: Column[]) => (await refused(() => writeTable(columns, writer))).message;
    expect(await message({ name: "", values })).toBe('column "": has no name');
    expect(await message({ name: "a", values }, { name: "a", values })).toBe('column "a": stands twice');
    expect(await message({ name: "a", values }, { name: "b", values: ["x"] })).toBe('column "b": has 1 values, expected 2');
    expect(await message({ name: "a", values, missing: Uint8Array.of(1) })).toBe('column "a": marks 1 rows, expected 2');
  });
});

test.each(["csv", "parquet"])("readTable reads the finite numbers of %s", async (id) => {
  const finite = written[1]!.values.slice(6) as Float64Array;
  const columns = [
    { name: "x", values: finite },
    { name: "who", values: ["a", "b", "a"] },
  ];
  const bytes = await writeTable(columns, tableWriters.find((writer) => writer.id === id)!);
  const table = await readTable({ name: `a.${id}`, bytes });
  expect([table.nameOf(0), table.nameOf(1)]).toEqual(["x", "who"]);
  expect([...(await table.numbers([0]))]).toEqual([...finite]);
  expect([...(await table.values(1))]).toEqual(["a", "b", "a"]);
});
