import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnd } from "@steepest/experiments";
import { hashOf, openRunFolder, textHash } from "@steepest/node";
import { describe, expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder } from "../support/study.js";

const format = readFileSync(new URL("../../../../docs/run-folder.md", import.meta.url), "utf8");
const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex");

const python = ["python3", "/usr/bin/python3"].find((command) => {
  try {
    return execFileSync(command, ["-c", "print(3)"], { stdio: ["ignore", "pipe", "ignore"] }).toString() === "3\n";
  } catch {
    return false;
  }
});

/** The texts of the files of a run that the command line made, and the name of its folder. */
async function writtenRun(): Promise<{ name: string; text: (file: string) => string }> {
  const cwd = folderWith();
  await steepest(["run", "tiny.json", "--seed", "0"], { cwd });
  const [name] = readdirSync(join(cwd, "runs/tiny")).sort() as [string];
  return { name, text: (file) => readFileSync(join(cwd, "runs/tiny", name, file), "utf8") };
}

describe("docs/run-folder.md is what is written:", () => {
  test("hashes are over the bytes that it says", async () => {
    const { name, text } = await writtenRun();
    const [definition, environment, outcome] = ["definition", "environment", "outcome"].map((file) => text(`${file}.json`).slice(0, -1));
    const said = JSON.parse(outcome!) as Record<string, unknown>;
    expect(said).toMatchObject({
      definitionHash: sha256(definition!),
      environmentHash: sha256(environment!),
      resultHash: sha256(text("rows.jsonl")),
      endHash: sha256(outcome!.replace(/"endHash":"\w+",/, "")),
      rowCount: text("rows.jsonl").split("\n").length - 1,
    });
    const [, data] = /"data":(\{.*?\}),"host":/.exec(environment!)!;
    const [, numerics] = /"numerics":("\w+")/.exec(environment!)!;
    expect(name).toBe(`gradient-s0-${sha256(`{"data":${data},"numerics":${numerics},"run":${definition}}`).slice(0, 12)}`);
  });

  test("every member has its line", async () => {
    const { text } = await writtenRun();
    const names = ["definition.json", "environment.json", "outcome.json"].flatMap((file) => Object.keys(JSON.parse(text(file)) as object));
    const { outcome } = JSON.parse(text("outcome.json")) as { readonly outcome: object };
    using folder = await openRunFolder(temporaryFolder(), { study: "x", name: "x", definition: {}, environment: {} });
    const owner = JSON.parse(readFileSync(join(folder.path, "owner.json"), "utf8")) as object;
    for (const name of [...names, ...Object.keys(outcome), ...Object.keys(owner)])
      expect(format).toMatch(new RegExp(`\`(\\w+\\.)?${name}\\b`));
  });

  test.each([
    ["kinds", { kind: "x", step: 0 }],
    ["reasons", { kind: "finished", step: 0, reason: "x" }],
    ["causes of divergence", { kind: "diverged", step: 0, what: "x" }],
    ["warnings", { kind: "stalled", step: 0 }],
  ])("all %s that are accepted are named", (_, outcome) => {
    const warnings = [{ kind: "warning", what: "x", step: 0, value: 0, advice: "" }];
    let message = "";
    try {
      parseEnd("x", { outcome: { outcome, warnings } }, textHash);
    } catch (error) {
      ({ message } = error as Error);
    }
    const names = /expected one of (.*)$/.exec(message)![1]!.split(", ");
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(format).toContain(`\`${name}\``);
  });
});

describe("the program in docs/run-folder.md", () => {
  const numbers = [
    0.1,
    -0,
    1e-7,
    1e21,
    5e-324,
    -1.7976931348623157e308,
    123456789012345680000,
    Number.NaN,
    -Number.NaN,
    Infinity,
    -Infinity,
  ];
  const row = Object.fromEntries(numbers.map((value, i) => [`p${i}`, value]));

  async function written(): Promise<string> {
    const folder = await openRunFolder(temporaryFolder(), { study: "x", name: "x", definition: {}, environment: {} });
    folder.appendRow({ ...row, step: 0 });
    folder.appendRow({ ...row, step: 7 });
    folder.complete({ outcome: { kind: "stalled", step: 7 } });
    return folder.path;
  }
  const [, program] = /```python\n(.*?)```/s.exec(format)!;
  const run = (folder: string, more = ""): string =>
    execFileSync(python!, ["-c", program + more, folder], { stdio: ["ignore", "pipe", "pipe"] }).toString();

  test("has ten lines", () => expect(program!.trim().split("\n").length).toBe(10));

  test.skipIf(!python)(python ? "reads every double bit for bit" : "SKIPPED, python3 is not here: reads every double", async () => {
    const folder = await written();
    const more = "import struct\nfor row in rows: print(*[struct.pack('>d', row[f'p{i}']).hex() for i in range(len(row) - 1)])\n";
    const [said, ...bits] = run(folder, more).trim().split("\n");
    expect(said).toBe("2 rows, stalled at step 7");
    const expected = numbers.map((value) => {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleBE(Number.isNaN(value) ? Number.NaN : value); // NaN is one value
      return bytes.toString("hex");
    });
    expect(bits).toEqual([expected.join(" "), expected.join(" ")]);
  });

  test.skipIf(!python)(python ? "refuses rows that were changed" : "SKIPPED, python3 is not here: refuses changed rows", async () => {
    const folder = await written();
    const rows = join(folder, "rows.jsonl");
    writeFileSync(rows, readFileSync(rows, "utf8").replace("0.1", "0.2"));
    expect(() => run(folder)).toThrow("rows.jsonl was changed after the run");
  });
});

test("numbers are written as docs/run-folder.md says", () => {
  const said = ["0.1", "1e-7", "1e+21", "5e-324", "-0.0", '"NaN"', '"Infinity"', '"-Infinity"'];
  for (const text of said) expect(format).toContain(`\`${text}\``);
  const values = [0.1, 1e-7, 1e21, 5e-324, -0, Number.NaN, Infinity, -Infinity];
  values.forEach((value, i) => {
    expect(hashOf([value])).toBe(sha256(`[${said[i]}]`));
  });
});
