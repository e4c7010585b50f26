import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { steepest } from "./support/steepest.js";
import { folderWith, temporaryFolder, tiny } from "./support/study.js";

describe("with --json an error is a JSON document on stdout, beside its text on stderr", () => {
  test("of a definition, with every problem", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "bad.json"), JSON.stringify({ ...tiny, seeds: "0-2", stop: 3 }));
    const { code, stdout, stderr } = await steepest(["run", "bad.json", "--json"], { cwd });
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "DEFINITION",
        exitCode: 2,
        problems: [
          { message: 'seeds: must be an array, got "0-2"', path: "seeds", hint: 'write "seeds": [0, 1, 2]' },
          { message: "stop: must be an object, got 3", path: "stop", hint: 'e.g. "stop": { "steps": 5000 }' },
        ],
      },
    });
    expect({ code, lines: stderr.split("\n").length }).toEqual({ code: 2, lines: 5 });
  });

  test("of the command line itself", async () => {
    const { code, stdout } = await steepest(["run", "tiny.json", "--json", "--quick"], { cwd: folderWith() });
    expect({ code, error: JSON.parse(stdout).error }).toMatchObject({ code: 2, error: { code: "USAGE", exitCode: 2 } });
  });
});
