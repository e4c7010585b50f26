// Writes the golden tables of DuckDB in this folder: npm install @duckdb/node-api@1.5.6-r.1 in a temporary folder, then node write.mjs there with this folder as argument.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const { DuckDBInstance } = await import(createRequire(join(process.cwd(), "x.js")).resolve("@duckdb/node-api"));
const folder = resolve(process.argv[2]);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const cell = (j) => `(i - 2.5::DOUBLE) / 3 + ${j} * 0.1::DOUBLE`;
const who = "CASE WHEN i % 2 = 1 THEN 'rock' ELSE 'mine' END AS who";
const table = `SELECT ${cell(0)} AS a, ${cell(1)} AS b, ${cell(2)} AS c, ${cell(3)} AS d, ${who} FROM range(6) t(i)`;
const write = (name, select, options = "") => connection.run(`COPY (${select}) TO '${join(folder, name)}' (FORMAT parquet${options})`);

await write("duckdb.parquet", table);
await write("duckdb-gzip.parquet", table, ", COMPRESSION gzip");
await write("duckdb-plain.parquet", table, ", COMPRESSION uncompressed");
await write("duckdb-v2.parquet", table, ", PARQUET_VERSION V2");
await write(
  "duckdb-types.parquet",
  `SELECT i::TINYINT AS tiny, (i * -3)::INTEGER AS whole, (i * 4000000000)::BIGINT AS big, (i * 3000000000)::UBIGINT AS unsigned, (i % 2 = 0) AS flag,
   (i / 4)::FLOAT AS single, (i / 8)::DECIMAL(9, 3) AS money, DATE '2020-01-01' AS day, CASE WHEN i = 3 THEN NULL ELSE i::DOUBLE END AS gap,
   [i, i] AS list, 'NaN'::DOUBLE AS nan, -0.0::DOUBLE AS minus FROM range(6) t(i)`,
);
await write("duckdb-empty.parquet", `SELECT * FROM (${table}) WHERE a > 1000`);
await write(
  "duckdb-many.parquet",
  "SELECT (i % 97)::DOUBLE / 7 AS x, (i % 3 = 0)::INTEGER AS label FROM range(5000) t(i)",
  ", ROW_GROUP_SIZE 2048",
);

for (const codec of ["zstd", "lz4", "brotli"]) await write(`duckdb-${codec}.parquet`, table, `, COMPRESSION ${codec}`);
await write(
  "duckdb-limits.parquet",
  `SELECT (9007199254740991 + i - 5)::BIGINT AS safe, (9007199254740990 + i)::BIGINT AS beyond, (9007199254740994 + 2 * i)::BIGINT AS even,
   CASE i WHEN 4 THEN 'inf'::DOUBLE ELSE i::DOUBLE END AS infinite, CASE i WHEN 5 THEN '-inf'::FLOAT ELSE i::FLOAT END AS single,
   1.7976931348623157e308 / (1 + i) AS large, 5e-324 * i AS small, (i * 12345678901234567890::HUGEINT)::DECIMAL(38, 10) AS wide, (i - 3)::DECIMAL(4, 2) AS short,
   CASE WHEN i < 5 THEN i % 2 = 1 END AS flag, CASE WHEN i = 2 THEN NULL ELSE 'ä' || i END AS text, '' AS empty,
   {'x': i, 'y': 'a'} AS pair, [i::DOUBLE] AS list, MAP {'a': i} AS map, TIMESTAMP '2020-01-01' AS moment, 'a'::BLOB AS blob,
   CASE WHEN i % 2 = 0 THEN 'one' ELSE 'two' END::ENUM ('one', 'two') AS kind FROM range(6) t(i)`,
  ", COMPRESSION zstd",
);
await write(
  "duckdb-groups.parquet",
  "SELECT i::DOUBLE / 3 AS x, CASE WHEN i % 1000 = 17 THEN NULL ELSE i END AS gap, 'c' || (i % 3) AS label FROM range(3000) t(i)",
  ", COMPRESSION zstd, ROW_GROUP_SIZE 2048",
);
