import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DefinitionError, isSteepestError } from "@steepest/core";
import { definitionJsonSchema, parseDefinition, resolveDefinition } from "@steepest/experiments";
import { tableWriters } from "@steepest/formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { plainJson } from "../../src/definition/plainJson.js";
import { datasetFiles } from "../../src/imageFiles.js";
import { optimizerWords } from "../../src/init/choices.js";
import { commentedJson } from "../../src/init/commentedJson.js";
import { compose, type Said } from "../../src/init/compose.js";
import { draftedDefinition } from "../../src/init/draft.js";
import { temporaryFolder } from "../support/study.js";

const golden = (name: string): string => new URL(`../../../formats/test/golden/${name}`, import.meta.url).pathname;
const ajv = new Ajv2020({ strict: false });
const isAccepted = ajv.compile(definitionJsonSchema() as object);

/** The definition that is composed for a file, as it is read again. */
async function composed(file: string, said: Partial<Said> = {}) {
  const folder = temporaryFolder();
  const { draft } = await compose(file, { yes: true, force: false, out: join(folder, "own.jsonc"), ...said }, undefined);
  const written = plainJson("own.jsonc", commentedJson(draftedDefinition(draft)));
  expect(isAccepted(written), ajv.errorsText(isAccepted.errors)).toBe(true);
  const definition = parseDefinition(await resolveDefinition(written, datasetFiles(folder)));
  expect(definition.dataset.kind).toBe("file");
  return { draft, written: written as { dataset: Record<string, unknown> } & Record<string, unknown>, definition };
}

/** The definition for a table of text. */
function ofTable(text: string, said: Partial<Said> = {}) {
  const file = join(temporaryFolder(), "own.csv");
  writeFileSync(file, text);
  return composed(file, said);
}

const refusal = async (asked: Promise<unknown>): Promise<string> => {
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  if (!isSteepestError(error)) throw error;
  return `${error.code} ${error.message}`;
};

const rows = (count: number, row: (i: number) => string): string => Array.from({ length: count }, (_, i) => `${row(i)}\n`).join("");
const x = (i: number): string => `${(((i * 7919) % 101) - 50) / 10},${(((i * 104_729) % 97) - 48) / 10}`;

describe("a definition for each format, which editors and the command accept", () => {
  test.each<[string, Partial<Said>, Record<string, unknown>]>([
    ["pandas.csv", {}, { classes: ["mine", "rock"] }],
    ["pandas.tsv", {}, { classes: ["mine", "rock"] }],
    ["pandas-utf16.csv", {}, { classes: ["mine", "rock"] }],
    ["pandas.csv.gz", {}, { classes: ["mine", "rock"] }],
    ["c-le-f8.npy", { labels: golden("texts.npy") }, { classes: ["mine", "rock"] }],
    ["stored.npz", { label: "who" }, { label: "who", classes: ["mine", "rock"] }],
    ["images.idx", { labels: golden("labels.idx") }, {}],
    ["batch.bin.gz", {}, {}],
    ["one-based.libsvm", { indexBase: 1 }, { indexBase: 1 }],
    ["zero-based.libsvm", {}, { indexBase: 0 }],
    ["duckdb.parquet", {}, {}],
  ])("%s", async (name, said, dataset) => {
    const { written } = await composed(golden(name), said);
    expect(written.dataset).toMatchObject({ kind: "file", ...dataset });
  });
});

describe("a table as it comes", () => {
  const table = `id;name;a;b;much;class\n${rows(60, (i) => `${i + 1};"n; ${i}";${i === 3 ? "NA" : i % 7};${i % 5};${i % 2 ? "" : i};${i % 3 ? "yes" : "no"}`)}`;

  test("has its numbers, names and gaps told apart", async () => {
    const { written, definition } = await ofTable(table);
    expect(written.dataset).toMatchObject({
      label: "class",
      classes: ["no", "yes"],
      ignore: ["id", "name", "much"],
      missing: "leaveOut",
      contradictions: "keep",
    });
    expect(definition.dataset).toMatchObject({ facts: { leftOut: 1, inputDim: 3 } });
  });

  test("has decimals with a comma, as European spreadsheets write them", async () => {
    const { written, definition } = await ofTable(
      `a;b;c\n${rows(20, (i) => `${i}${i % 3 ? ",5" : ""};${i === 5 ? "" : `-0,${i}`};${i % 2 ? "u" : "v"}`)}`,
    );
    expect(written.dataset).toMatchObject({ decimal: ",", label: "c", missing: "leaveOut" });
    expect(written.dataset.ignore).toBeUndefined();
    expect(definition.dataset).toMatchObject({ facts: { trainSize: 19, inputDim: 3 } });
  });

  test("says why in its comments", async () => {
    const { draft } = await ofTable(table);
    const text = commentedJson(draftedDefinition(draft));
    expect(text).toContain("// The column of the labels: called so.\n");
    expect(text).toContain("// -1 and +1 in this order; samples of other labels are left out. Samples: no 20, yes 40.\n");
    expect(text).toContain("// No coordinates: id (numbers of the samples), name (texts), much (50 % missing).\n");
    expect(text).toContain("// 1 of 60 samples lack a value, and are left out.\n");
  });

  test("names columns of texts, and says where they can be coded", async () => {
    const { draft } = await ofTable(
      `a,land,name,c\n${rows(60, (i) => `${x(i).split(",")[0]},${["DE", "FR"][i % 2]},n${i},${i % 3 ? 1 : 0}`)}`,
    );
    expect(draft.coordinates.ignored).toEqual([
      { column: "land", why: "texts", text: 'such as "DE"', isCodable: true },
      { column: "name", why: "texts", text: 'such as "n0"', isCodable: false },
    ]);
    const text = commentedJson(draftedDefinition(draft));
    expect(text.replaceAll(/\n *\/\/ /g, " ")).toContain(
      '"oneHot": ["land"] in a field of its own, and not here, makes a coordinate of each value.',
    );
  });

  test("leaves out columns that hold one value alone", async () => {
    const { draft, written, definition } = await ofTable(`a,b,k,c\n${rows(60, (i) => `${x(i)},3000,${i % 2 ? "u" : "v"}`)}`);
    expect(draft.coordinates).toMatchObject({ width: 2, constants: [{ column: "k", value: 3000 }], range: [-5, 5] });
    expect(written.dataset.prepare).toEqual(["dropConstant", "standardize", { constant: 1 }]);
    expect(definition.dataset).toMatchObject({ facts: { inputDim: 3 } });
    expect(await refusal(ofTable(`k,c\n${rows(20, (i) => `3,${i % 2 ? "u" : "v"}`)}`))).toMatch(
      /^DATA .*own\.csv: has no column that may be a coordinate: k holds one value$/,
    );
  });

  test("of many samples keeps some for the test, of few none", async () => {
    expect((await ofTable(`a,b,c\n${rows(60, (i) => `${x(i)},${i % 2 ? "u" : "v"}`)}`)).written.dataset.test).toEqual({ share: 0.2 });
    expect((await ofTable(`a,b,c\n${rows(30, (i) => `${x(i)},${i % 2 ? "u" : "v"}`)}`)).written.dataset.test).toBeUndefined();
    expect((await ofTable(`a,b,c\n${rows(60, (i) => `${x(i)},${i < 9 ? "u" : "v"}`)}`)).written.dataset.test).toBeUndefined();
  });

  test("is classified by few values, by a pair that is listed, and learnt as a target where they are many", async () => {
    const three = `a,b,c\n${rows(60, (i) => `${x(i)},${["u", "v", "w"][i % 3]}`)}`;
    expect((await ofTable(three)).written.dataset.classes).toEqual(["u", "v", "w"]);
    const { written, draft } = await ofTable(three, { classes: "w,u", network: "linear" });
    expect(written.dataset.classes).toEqual(["w", "u"]);
    expect(draft.optimizers).toEqual(["gradient", "sign", "coordinate"]);
    const measured = await ofTable(`a,b,price\n${rows(60, (i) => `${x(i)},${i * 1.5}`)}`, { label: "price" });
    expect(measured.written).toMatchObject({ dataset: { targets: ["price"] }, loss: { kind: "squared" } });
  });

  test("has columns by number where they have no names of their own", async () => {
    expect((await ofTable(rows(20, (i) => `${x(i)},${i % 2}`))).written.dataset.label).toBe(2);
    expect((await ofTable(`a,a,a\n${rows(20, (i) => `${x(i)},${i % 2}`)}`, { label: "2" })).written.dataset.label).toBe(2);
  });

  test("is run with every optimiser that there is a word for", async () => {
    const words = [...optimizerWords.keys()];
    const tables = [(i: number) => (i % 2 ? "u" : "v"), (i: number) => "uvw"[i % 3]!, (i: number) => String(i * 1.5)];
    for (const label of tables) {
      const { definition } = await ofTable(`a,b,c\n${rows(20, (i) => `${x(i)},${label(i)}`)}`, { optimizers: words.join(",") });
      expect(Object.keys(definition.arms)).toEqual(words);
    }
  });
});

describe("what cannot be a definition is refused", () => {
  const table = `a,b,c\n${rows(20, (i) => `${x(i)},${i % 2 ? "u" : "v"}`)}`;

  test.each<[Partial<Said>, string]>([
    [{ yes: false }, "DEFINITION init: --label, --network, --optimizers must be given where nobody can be asked: this is no terminal"],
    [
      { yes: false, label: "c", network: "linear" },
      "DEFINITION init: --optimizers must be given where nobody can be asked: this is no terminal",
    ],
    [{ label: "d" }, 'DEFINITION --label: there is no column "d"'],
    [
      { yes: false, label: "d", optimizers: "sgd" },
      [
        'DEFINITION --optimizers: must be words with commas between them, got "sgd"',
        '--label: there is no column "d"',
        "init: --network must be given where nobody can be asked: this is no terminal",
      ].join("\n"),
    ],
    [{ label: "c", targets: "a" }, "DEFINITION --targets: and --label cannot both be given"],
    [{ classes: "u" }, 'DEFINITION --classes: must be at least two different labels with a comma between them, got "u"'],
    [{ classes: "u,w" }, 'DEFINITION --classes: there is no label "w"'],
    [{ network: "cnn" }, 'DEFINITION --network: must be linear, mlp:HIDDEN-HIDDEN-... (mlp:64) or JSON as in definitions, got "cnn"'],
  ])("%j", async (said, message) => expect(await refusal(ofTable(table, said))).toBe(message));

  test("with an example that takes what was right, and proposes the rest", async () => {
    const asked = ofTable(table, { yes: false, label: "d", optimizers: "sign" });
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    if (!(error instanceof DefinitionError)) throw error;
    expect(error.issues.at(-1)?.hint).toMatch(
      /own\.csv --label c --network mlp:64 --optimizers sign; --yes takes what is proposed; its columns: a, b, c$/,
    );
  });

  test("an archive with several arrays, by the option that chooses", async () => {
    const file = join(temporaryFolder(), "ds.npz");
    const columns = ["x_train", "y_train", "x_test"].map((name) => ({ name, values: Float64Array.of(1, 2, 3) }));
    writeFileSync(file, await tableWriters.find(({ id }) => id === "npz")!.write(columns));
    const error: unknown = await composed(file).catch((thrown: unknown) => thrown);
    if (!isSteepestError(error)) throw error;
    expect(error.hint).toBe('--array names the one of the samples: the archive holds "x_train", "y_train", "x_test"');
  });

  test("a text in a column of numbers is named with its line, and the column left out", async () => {
    const { draft } = await ofTable(
      `a;b;c\n${rows(30, (i) => `${x(i).replace(",", ";").replaceAll(".", ",")};${i % 2 ? "u" : "v"}`)}1,5;1.234,50;u\n`,
    );
    expect(draft.survey.reading.decimal).toBe(",");
    expect(draft.coordinates.ignored).toEqual([
      { column: "b", why: "texts among numbers", text: 'line 32 holds "1.234,50"', isCodable: false },
    ]);
    const texts = await ofTable(`a,b,c\n${rows(30, (i) => `${x(i).split(",")[0]},${i === 3 ? "low" : i},${i % 2 ? "u" : "v"}`)}`);
    expect(texts.draft.coordinates.ignored).toMatchObject([{ column: "b", text: 'line 5 holds "low"' }]);
    const first = await ofTable(`a,b,c\n${rows(30, (i) => `${x(i).split(",")[0]},${i === 0 ? "low" : i},${i % 2 ? "u" : "v"}`)}`);
    expect(first.draft.coordinates.ignored).toMatchObject([{ column: "b", text: 'line 2 holds "low"' }]);
  });

  test("an empty file, one of texts, and one without a label", async () => {
    expect(await refusal(ofTable(""))).toMatch(/^DATA .*own\.csv: is empty$/);
    expect(await refusal(ofTable(`a,c\n${rows(20, (i) => `n${i},${i % 2 ? "u" : "v"}`)}`))).toMatch(
      /^DATA .*own\.csv: has no column that may be a coordinate: a holds texts$/,
    );
    expect(await refusal(composed(golden("images.idx")))).toMatch(
      /^DEFINITION --label: must be given: nothing tells which column of .*images\.idx is the label$/,
    );
    expect(await refusal(ofTable("a,b,c\n"))).toMatch(/own\.csv: holds a heading and no sample$/);
    expect(await refusal(composed("."))).toMatch(/^DATA .*: is no regular file/);
    expect(await refusal(composed("no.csv"))).toBe("DATA no.csv: does not exist");
  });
});

test("a data file is only read", async () => {
  const before = readFileSync(golden("pandas.csv"));
  await composed(golden("pandas.csv"));
  expect(readFileSync(golden("pandas.csv"))).toEqual(before);
});
