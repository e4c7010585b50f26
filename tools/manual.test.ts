import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../packages/cli/dist/steepest.1", import.meta.url), "utf8");
const { commandLine } = (await import("../packages/cli/dist/program.js" as string)) as { commandLine: () => Promise<Program> };

interface Program {
  readonly commands: readonly Program[];
  readonly options: readonly { readonly flags: string }[];
  name(): string;
}

test("the manual names every command that is called by hand, with all its options, and no date", async () => {
  const plain = page
    .replaceAll("\\[lB]", "[")
    .replaceAll("\\[rB]", "]")
    .replaceAll(/\\f[BIR]|\\/g, "");
  const commands = (await commandLine()).commands.filter((command) => command.name() !== "completion-server");
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const from = plain.indexOf(`\n.SS "${command.name()} `);
    expect(from).toBeGreaterThan(0);
    const section = plain.slice(from, plain.indexOf("\n.S", from + 1));
    for (const { flags } of command.options) expect(section).toContain(flags);
  }
  expect(page.split("\n")[0]).toBe('.TH "STEEPEST" "1" "" "0.0.0" "steepest"');
});
