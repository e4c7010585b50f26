import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { examplesOf } from "../../src/help/withExamples.js";
import { commandLine } from "../../src/program.js";
import { steepest } from "../support/steepest.js";

const program = await commandLine();
const visible: readonly Command[] = program
  .createHelp()
  .visibleCommands(program)
  .filter((command) => program.commands.includes(command));

describe.each(visible.map((command) => [command.name(), command] as const))("steepest %s", (name, command) => {
  test("has two examples, of options that the commands in them have", () => {
    const examples = examplesOf(command);
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      expect(example).toMatch(/^steepest /);
      for (const [, used, rest] of example.matchAll(/steepest ([\w-]+)([^|>&]*)/g)) {
        const owner = program.commands.find((each) => each.name() === used) ?? program;
        const known = owner.options.flatMap(({ long }) => long ?? []);
        expect(known).toEqual(expect.arrayContaining([...rest!.matchAll(/(?<= )--[\w-]+/g)].map(String)));
      }
    }
    expect(examples.some((example) => example.includes(`steepest ${name}`))).toBe(true);
  });
});

test("steepest run --help says how runs go on and what a module is, in lines that fit a terminal", async () => {
  const { stdout } = await steepest(["run", "--help"], { env: { COLUMNS: "80" } });
  expect(stdout).toContain("--set stop.steps=400000, a finished run goes on");
  expect(stdout).toContain('{ "module": "./my-norm.mjs"');
  const prose = stdout.slice(stdout.indexOf("Runs that go on:"));
  expect(prose.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test.each([["run"], ["doctor"], ["maxmargin"]])("steepest %s --help ends with them, and says no default that is nothing", async (name) => {
  const { code, stdout } = await steepest([name, "--help"]);
  expect(code).toBe(0);
  const [first, second] = examplesOf(visible.find((command) => command.name() === name)!);
  expect(stdout.endsWith(`\nExamples:\n  ${first}\n  ${second}\n`)).toBe(true);
  expect(stdout).not.toMatch(/default:\s+(\[\]|false)/);
});
