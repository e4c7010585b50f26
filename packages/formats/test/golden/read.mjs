// Looks with DuckDB at the Parquet files that our writer wrote into this folder: npm install @duckdb/node-api@1.5.6-r.1 in a temporary folder, then node read.mjs
// there with this folder as argument. It ends with the word "equal", or with what differs.
import { deepStrictEqual } from "node:assert";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const { DuckDBInstance } = await import(createRequire(join(process.cwd(), "x.js")).resolve("@duckdb/node-api"));
const folder = resolve(process.argv[2]);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const asked = async (select, name) => (await connection.runAndReadAll(`${select} FROM '${join(folder, name)}'`)).getRowsJS();

const numbers = [0.1, -0, 0, Number.NaN, Infinity, -Infinity, 5e-324, -1.7976931348623157e308, 1e21];
const texts = ["gradient", "sign", "ärm", "𝒳", "", "NaN", 'with "quotes", and\nlines', "sign", "sign"];
const gap = (values) => values.map((value, row) => (row === 1 || row === 5 ? null : value));
const columns = [texts, numbers, gap(numbers), gap(texts)];

deepStrictEqual(
  await asked("SELECT *", "written.parquet"),
  numbers.map((_, row) => columns.map((values) => values[row])),
);
// NaN is larger than any number in DuckDB: readers that leave out rows by statistics would not find it
const found = `count(*) FILTER ("margin.l2" > 1e300), count(*) FILTER (isnan("margin.l2")), count(*) FILTER (gap IS NULL)`;
deepStrictEqual(await asked(`SELECT ${found}`, "written.parquet"), [[2n, 1n, 2n]]);
deepStrictEqual(await asked("SELECT *", "written-empty.parquet"), []);
const types = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${join(folder, "written-empty.parquet")}'`)).getRowsJS();
deepStrictEqual(
  types.map((row) => row.slice(0, 2)),
  [
    ["arm", "VARCHAR"],
    ["x", "DOUBLE"],
  ],
);
console.log("equal");
