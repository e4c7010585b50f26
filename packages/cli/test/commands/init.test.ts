import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitionJsonSchema } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { plainJson } from "../../src/definition/plainJson.js";
import { ctrlC, noTerminal, onTerminal } from "../support/pseudoTerminal.js";
import { steepest } from "../support/steepest.js";
import { temporaryFolder } from "../support/study.js";

const rows = Array.from({ length: 30 }, (_, i) => `${(i % 7) - 3 + (i % 2) * 8},${(i * 13) % 5},${i % 2 ? "rock" : "mine"}`);
const files = ["a b.csv", "a-b.jsonc", "steepest.schema.json"];

/** A folder with a table in it. */
function folderWithTable(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "a b.csv"), ["u,v,who", ...rows, ""].join("\n"));
  return cwd;
}

const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), "utf8");

describe("where nobody can be asked", () => {
  test("options and proposals make a definition, whose next command is said", async () => {
    const cwd = folderWithTable();
    const { code, stdout, stderr } = await steepest(
      ["init", "a b.csv", "--network", "linear", "--optimizers", "gradient,adam", "--label", "who"],
      {
        cwd,
      },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      [
        "a-b.jsonc: 30 samples of 2 coordinates in 2 classes",
        "  label who, by --label: mine (15), rock (15)",
        "steepest.schema.json: editors complete and check the definition by it",
        "",
        "next:",
        "  steepest run a-b.jsonc",
        "  steepest figure runs/a-b --x logRisk --y margin.l2",
        "",
      ].join("\n"),
    );
    expect(readdirSync(cwd).sort()).toEqual(files);
    expect(plainJson("a-b.jsonc", read(cwd, "a-b.jsonc"))).toMatchObject({
      $schema: "./steepest.schema.json",
      id: "a-b",
      dataset: { path: "a b.csv", label: "who", classes: ["mine", "rock"] },
      network: { kind: "linear" },
      arms: { gradient: {}, adam: {} },
    });
    expect(JSON.parse(read(cwd, "steepest.schema.json"))).toEqual(definitionJsonSchema());
  });

  test("a command line that leaves a question open is refused with the options that answer it", async () => {
    const cwd = folderWithTable();
    const { code, stdout, stderr } = await steepest(["init", "a b.csv", "--network", "linear"], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error init: --label, --optimizers must be given where nobody can be asked: this is no terminal\n" +
        "hint: e.g. steepest init 'a b.csv' --label who --network linear --optimizers gradient,sign,coordinate; --yes takes what is proposed; its columns: u, v, who\n",
    });
    expect(readdirSync(cwd)).toEqual(["a b.csv"]);
  });

  test("a definition that exists is left alone, and so is another schema, unless --force is given", async () => {
    const cwd = folderWithTable();
    writeFileSync(join(cwd, "a-b.jsonc"), "mine");
    const refused = await steepest(["init", "a b.csv", "--yes"], { cwd });
    expect(refused).toMatchObject({ code: 6, stdout: "" });
    expect(refused.stderr).toBe(
      "error a-b.jsonc: exists already, and is left as it is\nhint: --out names another file, --force replaces it\n",
    );
    expect(read(cwd, "a-b.jsonc")).toBe("mine");
    writeFileSync(join(cwd, "steepest.schema.json"), "{}");
    const other = await steepest(["init", "a b.csv", "--yes", "--out", "other.jsonc", "--json"], { cwd });
    expect(JSON.parse(other.stdout)).toMatchObject({ definition: "other.jsonc", schema: "steepest.schema.json", isOtherSchema: true });
    expect(read(cwd, "steepest.schema.json")).toBe("{}");
    expect(await steepest(["init", "a b.csv", "--yes", "--force"], { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse(read(cwd, "steepest.schema.json"))).toEqual(definitionJsonSchema());
    expect(read(cwd, "a-b.jsonc")).toContain('"id": "a-b"');
  });

  test("nothing is left behind where the definition cannot be written", async () => {
    const cwd = folderWithTable();
    const { code, stderr } = await steepest(["init", "a b.csv", "--yes", "--out", "no/own.jsonc"], { cwd });
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringMatching(/^error no\/steepest\.schema\.json: cannot be written/) });
    expect(readdirSync(cwd)).toEqual(["a b.csv"]);
  });
});

describe.skipIf(noTerminal !== undefined)(`on a terminal${noTerminal ? ` (skipped: ${noTerminal})` : ""}`, () => {
  test("three questions with their proposals make the definition", async () => {
    const cwd = folderWithTable();
    const terminal = onTerminal(["init", "a b.csv"], cwd);
    await terminal.shows("proposed: the only column of two texts");
    terminal.type("\r");
    await terminal.shows("Which network?");
    terminal.type("\u001b[B\r");
    await terminal.shows("Which optimisers?");
    terminal.type(" \r"); // gradient descent is marked no more
    const { code, screen } = await terminal.ended;
    expect(code, screen).toBe(0);
    expect(screen).toContain("label who, the only column of two texts: mine (15), rock (15)");
    expect(plainJson("a-b.jsonc", read(cwd, "a-b.jsonc"))).toMatchObject({
      network: { kind: "linear" },
      arms: { sign: {}, coordinate: {} },
    });
  });

  test("options answer questions, and Ctrl-C leaves nothing behind", async () => {
    const cwd = folderWithTable();
    const terminal = onTerminal(["init", "a b.csv", "--label", "who", "--network", "linear"], cwd);
    await terminal.shows("Which optimisers?");
    terminal.type(ctrlC);
    const { code, screen } = await terminal.ended;
    expect({ code, isTold: screen.includes("error interrupted by Ctrl-C\r\nhint: nothing was written") }).toEqual({
      code: 75,
      isTold: true,
    });
    expect(screen).not.toContain("Which network?");
    expect(existsSync(join(cwd, "a-b.jsonc"))).toBe(false);
  });
});
