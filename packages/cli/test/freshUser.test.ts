import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTable } from "@steepest/formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pythonWith } from "./support/python.js";
import { type Ended, steepest } from "./support/steepest.js";

/** The way of somebody with a table of his own, from the file to Python, each command in a process of its own as it is installed. */

const cwd = mkdtempSync(join(tmpdir(), "steepest-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const python = pythonWith("numpy");

/** A table as a spreadsheet of a German office writes it: semicolons, quotes, a mark of the byte order, names, numbers of the rows, gaps. */
const table = `\ufeff${[
  '"Nr";"Name";"Länge";"Breite";"Befund"',
  ...Array.from({ length: 60 }, (_, i) => {
    const sign = i % 2 ? 1 : -1;
    const [length, width] = [sign * 2 + ((i * 7919) % 101) / 80, sign + ((i * 104_729) % 97) / 60];
    return `${i + 1};"Probe ""${i}""; links";${length.toFixed(3)};${i === 4 ? "" : width.toFixed(3)};"${i % 2 ? "bösartig" : "gutartig"}"`;
  }),
].join("\r\n")}\r\n`;

const said = async (...args: string[]): Promise<Ended> => {
  const result = await steepest(args, { cwd });
  expect(result.code, result.stderr).toBe(0);
  return result;
};

const runs = (): string[] =>
  readdirSync(join(cwd, "runs", "Proben"))
    .filter((name) => name !== "figures")
    .sort();
const rowsOf = (run: string): string[] =>
  readFileSync(join(cwd, "runs", "Proben", run, "rows.jsonl"), "utf8")
    .trimEnd()
    .split("\n");

beforeAll(() => writeFileSync(join(cwd, "Proben.csv"), table));

test("init: the definition of a table with text labels, an id and a gap", async () => {
  const { stdout } = await said("init", "Proben.csv", "--label", "Befund", "--network", "mlp:8", "--optimizers", "gradient,sign");
  expect(stdout).toContain("Proben.jsonc: 59 samples of 2 coordinates in 2 classes\n");
  expect(stdout).toContain("next:\n  steepest run Proben.jsonc\n  steepest figure runs/Proben --x logRisk --y margin.l2\n");
});

test("run: every arm separates the data and raises its margin", async () => {
  const { stdout } = await said("run", "Proben.jsonc", "--set", "stop.steps=300", "--set", "figure=[]");
  expect(stdout).toMatch(/^gradient +0 +step 300 +-\d+\.?\d* +1 +1 /m);
  expect(runs().map((name) => name.slice(0, -"-0123456789ab".length))).toEqual(["gradient-s0", "sign-s0"]);
});

test("figure: what was said after init draws it", async () => {
  const { stdout } = await said("figure", "runs/Proben", "--x", "logRisk", "--y", "margin.l2");
  expect(stdout).toBe("figure.svg\nfigure.png\nfigure.csv\n");
  expect(readFileSync(join(cwd, "figure.svg"), "utf8")).toMatch(/^<svg[\s\S]+gradient/);
});

test("run again with a later stop: it goes on, and its rows begin with those that were there", async () => {
  const before = new Set(runs());
  const { stderr } = await said("run", "Proben.jsonc", "--set", "stop.steps=600", "--set", "figure=[]", "--save", "final");
  const [gradient, sign] = [...before] as [string, string];
  for (const [arm, run] of [
    ["gradient", gradient],
    ["sign", sign],
  ])
    expect(stderr).toContain(`${arm} s0  continues ${join("runs", "Proben", run!)} at step 300\n`);
  const [further] = runs().filter((name) => !before.has(name) && name.startsWith("gradient")) as [string];
  const [short, long] = [rowsOf(gradient), rowsOf(further)];
  const shared = short.filter((row) => long.includes(row));
  expect(long.slice(0, shared.length)).toEqual(shared);
  expect(shared.length).toBeGreaterThanOrEqual(short.length - 1); // the end at step 300 may be no recorded step of the longer run
  expect(JSON.parse(long.at(-1)!)).toMatchObject({ step: 600 });
});

test("run from saved weights: another study begins where the other one ended, bit for bit", async () => {
  const ended = runs().find((run) => existsSync(join(cwd, "runs", "Proben", run, "weights", "final.safetensors")))!;
  const init = JSON.stringify({ file: `runs/Proben/${ended}/weights/final.safetensors` });
  const changes = ["id=Weiter", `network.init=${init}`, "stop.steps=20", "figure=[]"].flatMap((change) => ["--set", change]);
  await said("run", "Proben.jsonc", ...changes);
  const [first] = readdirSync(join(cwd, "runs", "Weiter"));
  const row = (lines: readonly string[], at: number) => JSON.parse(lines.at(at)!) as Record<string, number>;
  const [begun] = readFileSync(join(cwd, "runs", "Weiter", first!, "rows.jsonl"), "utf8").split("\n") as [string];
  const [start, end] = [row([begun], 0), row(rowsOf(ended), -1)];
  for (const probe of ["logRisk", "trainAccuracy", "testAccuracy", "margin.l1", "margin.l2", "margin.linf"])
    expect(start[probe]).toBe(end[probe]);
});

/** The runs that went on, which stand for those that they continue. */
const longest = (): string[] => runs().filter((run) => (JSON.parse(rowsOf(run).at(-1)!) as { readonly step: number }).step === 600);

test("export: the rows as CSV, Parquet and npz are those of the runs that went on", async () => {
  const numbers = async (name: string): Promise<number[]> => {
    const wanted = ["step", "logRisk", "margin.l2", "margin.linf"];
    const read = await readTable({ name, bytes: readFileSync(join(cwd, name)) });
    const columns = wanted.map((one) => Array.from({ length: read.columns }, (_, k) => k).find((k) => read.nameOf(k) === one)!);
    return [...(await read.numbers(columns))];
  };
  expect(longest()).toHaveLength(2);
  const recorded = longest().flatMap((run) =>
    rowsOf(run).flatMap((line) => {
      const row = JSON.parse(line) as Record<string, number>;
      return [row.step!, row.logRisk!, row["margin.l2"]!, row["margin.linf"]!];
    }),
  );
  for (const name of ["rows.csv", "rows.parquet", "rows.npz"]) {
    const { stdout } = await said("export", "runs/Proben", "--out", name);
    expect(stdout).toContain(`${name}: ${recorded.length / 4} rows, `);
    if (name !== "rows.npz") expect(await numbers(name)).toEqual(recorded); // Python reads that one below
  }
});

const guide = readFileSync(new URL("../../../docs/export.md", import.meta.url), "utf8");
const [, program] = /```python\n(.*?)```/s.exec(guide)!;

test.skipIf(!python)(
  python ? "Python: NumPy has the same numbers, from the folder and from the archive" : "SKIPPED, python3 with numpy is not here",
  () => {
    const [run] = longest() as [string];
    const more = `
table = np.load(sys.argv[2])
print(table["margin.l2"][: len(run["step"])].tolist() == run["margin.l2"].tolist())
print(json.dumps(run["margin.l2"].tolist()))
print(definition["dataset"]["facts"]["labels"])
`;
    const answer = execFileSync(python!, ["-c", program + more, join(cwd, "runs", "Proben", run), join(cwd, "rows.npz")], {
      encoding: "utf8",
    });
    const [isSame, margins, labels] = answer.trimEnd().split("\n");
    expect(isSame).toBe("True");
    expect(JSON.parse(margins!)).toEqual(rowsOf(run).map((line) => (JSON.parse(line) as Record<string, number>)["margin.l2"]));
    expect(labels).toBe("['bösartig', 'gutartig']");
  },
);

test("nothing was written beside what was named", () => {
  const expected = ["Proben.csv", "Proben.jsonc", "figure.csv", "figure.png", "figure.svg", "rows.csv", "rows.npz", "rows.parquet", "runs"];
  expect(readdirSync(cwd).sort()).toEqual([...expected, "steepest.schema.json"].sort());
  expect(existsSync(join(cwd, "runs", "Proben", "figures"))).toBe(false);
});
