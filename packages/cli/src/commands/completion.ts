import tabtab from "@pnpm/tabtab";
import { Command } from "commander";
import { candidates } from "../completion/candidates.js";
import { suggested } from "../completion/suggested.js";
import { withExamples } from "../help/withExamples.js";
import { oneOf } from "../oneOf.js";

const shells = ["bash", "zsh", "fish"] as const;

/** `steepest completion SHELL`: the script that has a shell complete command lines of this program. */
export function completionCommand(): Command {
  return withExamples(
    new Command("completion"),
    "steepest completion bash >> ~/.bashrc",
    "steepest completion fish > ~/.config/fish/completions/steepest.fish",
  )
    .description("a script that makes a shell complete commands, options, experiments and norms")
    .argument(
      "<shell>",
      shells.join(", "),
      suggested(() => shells, oneOf("shell", shells)),
    )
    .action(async (shell: (typeof shells)[number]) => {
      process.stdout.write(await tabtab.getCompletionScript({ name: "steepest", completer: "steepest", shell }));
    });
}

/** `steepest completion-server`, which those scripts ask, with the command line in the environment. */
export function completionServerCommand(program: Command): Command {
  return new Command("completion-server")
    .argument("[words...]")
    .allowUnknownOption()
    .helpOption(false)
    .action((words: readonly string[]) => {
      if (!tabtab.isShellSupported(process.env.SHELL ?? "")) return; // asked by no script of ours
      const shell = tabtab.getShellFromEnv(process.env);
      const { words: index, lastPartial } = tabtab.parseEnv(process.env);
      const cursor = shell === "fish" && lastPartial !== "" ? words.length - 1 : Math.min(index, words.length); // fish leaves an empty word out
      const found = candidates(program, words.slice(1, cursor), words[cursor] ?? "");
      if (found !== "files") tabtab.log([...found], shell);
      else if (shell !== "bash") tabtab.logFiles(); // without an answer bash completes files by itself
    });
}
