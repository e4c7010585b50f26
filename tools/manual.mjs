// After tsc: packages/cli/dist/steepest.1, the manual of the command line, made of the program's own help.
import { writeFileSync } from "node:fs";
import remarkMan from "remark-man";
import { unified } from "unified";
import { exitCode } from "../packages/cli/dist/exitCode.js";
import { examplesOf } from "../packages/cli/dist/help/withExamples.js";
import { commandLine } from "../packages/cli/dist/program.js";

const text = (value) => ({ type: "text", value });
const strong = (value) => ({ type: "strong", children: [text(value)] });
const paragraph = (...children) => ({ type: "paragraph", children });
const heading = (depth, value) => ({ type: "heading", depth, children: [text(value)] });
const list = (items) => ({
  type: "list",
  ordered: false,
  spread: false,
  children: items.map((children) => ({ type: "listItem", spread: false, children })),
});
const code = (value) => ({ type: "code", value });
/** Names with the words about them. */
const described = (pairs) => list(pairs.map(([name, what]) => [paragraph(strong(name), text(`: ${what}`))]));
const examples = (command) => [code(examplesOf(command).join("\n"))];

/** The sections of a program and its commands. */
function manual(program) {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).filter((command) => program.commands.includes(command));
  return {
    type: "root",
    children: [
      heading(2, "SYNOPSIS"),
      paragraph(strong("steepest"), text(" COMMAND [options] [arguments]")),
      heading(2, "DESCRIPTION"),
      paragraph(text(program.description())),
      heading(2, "COMMANDS"),
      ...commands.flatMap(section),
      heading(2, "EXIT STATUS"),
      described(Object.entries(exitCode).map(([name, value]) => [String(value), name])),
      heading(2, "EXAMPLES"),
      ...examples(program),
    ],
  };
}

function section(command) {
  const help = command.createHelp();
  const words = [
    ...help.visibleArguments(command).map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)]),
    ...help.visibleOptions(command).map((option) => [help.optionTerm(option), help.optionDescription(option)]),
  ];
  return [
    heading(3, `${command.name()} ${command.usage()}`),
    paragraph(text(command.description())),
    described(words),
    ...examples(command),
  ];
}

const program = await commandLine();
const page = unified()
  .use(remarkMan, { name: "steepest", section: 1, description: program.description(), version: program.version(), manual: "steepest" })
  .stringify(manual(program))
  .replace(/^(\.TH "STEEPEST" "1") "[^"]*"/, '$1 ""'); // a page of a version, not of the day of its build
writeFileSync(new URL("../packages/cli/dist/steepest.1", import.meta.url), page);
